"""Every login failure by name: set up, reproduced over HTTP, explained and cured. A scenario is data; one player serves
the tests, the control API and the command."""
