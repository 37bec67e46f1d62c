-- What lock clouds can do beyond PINs and cards, what is known of the things at their side, and how it is kept right.

-- ---------------------------------------------------------------------------------------------------- access

-- holder: whose face, fingerprint or access it is about; a guest's id of the PMS's, or a mobile number. '' for nobody's
-- in particular.
ALTER TABLE actions ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE actions ADD COLUMN holder_name TEXT NOT NULL DEFAULT '';

-- Pictures and fingerprints of actions that are not final, sealed. A table of its own: a row of actions is written anew
-- with each change of its state.
CREATE TABLE biometrics (
    action_id TEXT NOT NULL PRIMARY KEY REFERENCES actions (action_id),
    sealed BLOB NOT NULL
) STRICT;

-- What the hub put on a lock beside PINs, and may have put there. number: what the lock knows a face or a fingerprint
-- by, each counted for itself.
CREATE TABLE access_rights (
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    kind TEXT NOT NULL CHECK (kind IN ('face', 'fingerprint', 'access')),
    holder TEXT NOT NULL,
    number INTEGER,
    state TEXT NOT NULL CHECK (state IN ('active', 'removed')),
    room_row INTEGER NOT NULL REFERENCES rooms (room_row),
    action_id TEXT NOT NULL REFERENCES actions (action_id),
    valid_until_at_ms INTEGER,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (lock_row, kind, holder),
    CHECK ((kind = 'access') = (number IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX access_rights_by_number ON access_rights (lock_row, kind, number)
    WHERE state = 'active' AND number IS NOT NULL;
CREATE INDEX access_rights_by_action ON access_rights (action_id);
CREATE INDEX access_rights_removed ON access_rights (changed_at_ms) WHERE state = 'removed';
CREATE INDEX access_rights_ended ON access_rights (valid_until_at_ms) WHERE kind = 'access';

ALTER TABLE credentials ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0 CHECK (frozen IN (0, 1));

-- Orders to open a door, which are sent at once or never.
CREATE INDEX commands_orders ON commands (account, opened_at_ms) WHERE verb = 'open_door' AND state = 'pending';

CREATE VIEW room_access AS
SELECT r.room_id, r.room_no, x.kind, x.holder, x.number, x.state, l.account, l.lock_uuid, x.action_id,
       strftime('%Y-%m-%d %H:%M:%S', x.valid_until_at_ms / 1000 + 28800, 'unixepoch') AS valid_until,
       strftime('%Y-%m-%d %H:%M:%S', x.changed_at_ms / 1000 + 28800, 'unixepoch') AS changed_at
FROM access_rights AS x
JOIN locks AS l ON l.lock_row = x.lock_row
JOIN rooms AS r ON r.room_row = x.room_row
ORDER BY r.room_id, x.kind, x.holder;

-- ---------------------------------------------------------------------------------------------------- reconciliation

-- wanted = 0, state 'active': taken back, and the lock has it still. wanted = 1, state 'removed': it should be on the
-- lock, and is not. accepted: an operator takes it as it is.
ALTER TABLE credentials ADD COLUMN wanted INTEGER NOT NULL DEFAULT 1 CHECK (wanted IN (0, 1));
ALTER TABLE credentials ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1));

UPDATE credentials SET wanted = 0 WHERE state = 'removed' OR purpose = 'local';

-- Locks whose PINs are compared with what their cloud reports. touched: something was done to them, or heard of, so
-- that an answer to an older question says nothing.
CREATE TABLE inventories (
    lock_row INTEGER PRIMARY KEY REFERENCES locks (lock_row),
    account TEXT NOT NULL,
    due_at_ms INTEGER NOT NULL,
    touched_at_ms INTEGER NOT NULL,
    compared_at_ms INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX inventories_due ON inventories (account, due_at_ms);

INSERT INTO inventories (lock_row, account, due_at_ms, touched_at_ms)
SELECT l.lock_row, l.account, 0, 0 FROM locks AS l
WHERE EXISTS (SELECT 1 FROM credentials AS c WHERE c.lock_row = l.lock_row AND c.state = 'active' AND c.wanted = 1);

-- subject: what makes it the same difference when it is seen again. tries count from tries_from on.
CREATE TABLE differences (
    difference_id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN ('open', 'repairing', 'suspended', 'settled')),
    kind TEXT NOT NULL CHECK (kind IN ('pin_missing', 'pin_left', 'validity_differs', 'frozen_differs', 'unverifiable',
                                       'computed_stays', 'pin_foreign')),
    account TEXT NOT NULL,
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    subject TEXT NOT NULL,
    room_row INTEGER REFERENCES rooms (room_row),
    manage INTEGER NOT NULL CHECK (manage IN (0, 1)),
    credential_ref TEXT NOT NULL,
    action_id TEXT NOT NULL,
    name TEXT NOT NULL,
    wanted INTEGER NOT NULL DEFAULT 1 CHECK (wanted IN (0, 1)),
    wanted_until_at_ms INTEGER,
    found_until_at_ms INTEGER,
    found_frozen INTEGER NOT NULL DEFAULT 0 CHECK (found_frozen IN (0, 1)),
    first_seen_at_ms INTEGER NOT NULL,
    last_seen_at_ms INTEGER NOT NULL,
    settled_at_ms INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    tries_from_at_ms INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'settled') = (settled_at_ms IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX differences_of_lock ON differences (lock_row, kind, subject) WHERE settled_at_ms IS NULL;
CREATE INDEX differences_waiting ON differences (kind, state) WHERE settled_at_ms IS NULL;
CREATE INDEX differences_repairing ON differences (account) WHERE state = 'repairing';
CREATE INDEX differences_settled ON differences (settled_at_ms) WHERE settled_at_ms IS NOT NULL;

-- credential_ref: the one the repair is about; '' where it makes a new one.
CREATE TABLE repairs (
    action_id TEXT NOT NULL PRIMARY KEY,
    difference_id INTEGER NOT NULL,
    credential_ref TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX repairs_of_difference ON repairs (difference_id, opened_at_ms);

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


-- Homes and rooms as a lock cloud was told of them; cloud_room_id is '' for the home itself. wanted: certainly not done.
-- sent: a call is under way, or was when the hub ended. doubtful: its answer was lost. present: the cloud took it.
CREATE TABLE provisioned_places (
    account TEXT NOT NULL,
    hotel_row INTEGER NOT NULL REFERENCES hotels (hotel_row),
    home_id TEXT NOT NULL,
    cloud_room_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('wanted', 'sent', 'present', 'doubtful')),
    change TEXT NOT NULL CHECK (change IN ('add', 'change', 'remove')),
    message TEXT NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (account, hotel_row, cloud_room_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX provisioned_homes ON provisioned_places (account, home_id) WHERE cloud_room_id = '';
