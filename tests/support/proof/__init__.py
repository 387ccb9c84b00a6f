"""Situations of one to three causes, and the proof that their explanations lead in."""
