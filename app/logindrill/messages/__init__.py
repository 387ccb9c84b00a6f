"""What messages say: kind and values in, subject, text and HTML out."""
