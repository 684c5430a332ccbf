"""Mail: composed from templates, delivered by SMTP; knows no HTTP."""
