"""People: who did what. Accounts and roles come here; so far the audit trail."""
