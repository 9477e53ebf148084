"""Who someone is: sign-up, login, sessions, users."""
