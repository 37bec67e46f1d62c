-- What lock clouds can do beyond PINs and cards, what is known of the things at their side, and how it is kept right.

-- ---------------------------------------------------------------------------------------------------- access

-- ---------------------------------------------------------------------------------------------------- reconciliation

-- ---------------------------------------------------------------------------------------------------- polling and rates

-- 0: known since before this was noted.
ALTER TABLE locks ADD COLUMN known_since_at_ms INTEGER NOT NULL DEFAULT 0;
-- The lock gateway it is reached through, as its cloud told; '' where it did not.
ALTER TABLE locks ADD COLUMN gateway_uuid TEXT NOT NULL DEFAULT '';

CREATE INDEX locks_by_gateway ON locks (account, gateway_uuid) WHERE gateway_uuid <> '';

-- Locks whose log is polled. What was opened before tells_from_at_ms is told to nobody; what was opened up to
-- read_until_at_ms has been read, 0: the log was never read to its end.
CREATE TABLE lock_polls (
    lock_row INTEGER PRIMARY KEY REFERENCES locks (lock_row),
    tells_from_at_ms INTEGER NOT NULL,
    read_until_at_ms INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------------------------------------------- provisioning

