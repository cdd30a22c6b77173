"""Pure decisions: plain values in; they return a value or raise a ReferralError."""
