-- lockhub's first schema. Times are milliseconds since 1970 UTC and end in _at_ms; the views at the end show them as
-- China time. A name that ends in _row is a rowid of the directory; pms_id, hotel_no and room_id are texts of the PMS.

-- What the hub must know about the file itself: the proof that the seal key fits.
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Counters that outlive the rows they count. "accepted" and "expunged" are deliveries.
CREATE TABLE ledger (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO ledger (name, value)
VALUES ('accepted', 0), ('expunged', 0), ('pushes', 0), ('pushes_expunged', 0), ('late_results', 0);

-- ---------------------------------------------------------------------------------------------------- directory

CREATE TABLE hotels (
    hotel_row INTEGER PRIMARY KEY,
    pms_id TEXT NOT NULL,
    hotel_no TEXT NOT NULL,
    hotel_name TEXT NOT NULL,
    UNIQUE (pms_id, hotel_no)
) STRICT;

CREATE TABLE room_types (
    room_type_row INTEGER PRIMARY KEY,
    hotel_row INTEGER NOT NULL REFERENCES hotels (hotel_row),
    room_type_code TEXT NOT NULL,
    room_type_name TEXT NOT NULL,
    UNIQUE (hotel_row, room_type_code)
) STRICT;

CREATE TABLE rooms (
    room_row INTEGER PRIMARY KEY,
    hotel_row INTEGER NOT NULL REFERENCES hotels (hotel_row),
    room_type_row INTEGER NOT NULL REFERENCES room_types (room_type_row),
    room_id TEXT NOT NULL,
    room_no TEXT NOT NULL,
    floor_no TEXT NOT NULL,
    UNIQUE (hotel_row, room_id)
) STRICT;

CREATE INDEX rooms_by_type ON rooms (room_type_row);

-- origin 'push': a lock cloud spoke of it, the directory does not know it.
CREATE TABLE locks (
    lock_row INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    lock_uuid TEXT NOT NULL,
    cloud_home_id TEXT NOT NULL,
    cloud_room_id TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('directory', 'push')),
    UNIQUE (account, lock_uuid)
) STRICT;

CREATE INDEX locks_by_home ON locks (account, cloud_home_id) WHERE cloud_home_id <> '';

-- A room may have its passwords from one lock and its cards from another.
CREATE TABLE room_locks (
    room_row INTEGER NOT NULL REFERENCES rooms (room_row),
    service TEXT NOT NULL CHECK (service IN ('password', 'card')),
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    PRIMARY KEY (room_row, service)
) STRICT, WITHOUT ROWID;

CREATE INDEX room_locks_by_lock ON room_locks (lock_row);

-- A narrow table of its own, because nearly every push touches it. last_heard_at_ms is exact to a minute.
CREATE TABLE lock_states (
    lock_row INTEGER PRIMARY KEY REFERENCES locks (lock_row),
    online INTEGER CHECK (online IN (0, 1)),
    online_at_ms INTEGER NOT NULL,
    battery_percent INTEGER,
    battery_at_ms INTEGER NOT NULL,
    last_heard_at_ms INTEGER NOT NULL
) STRICT;

-- Openings. The key drops what a late bulk upload repeats.
CREATE TABLE lock_log (
    occurred_at_ms INTEGER NOT NULL,
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    source INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    source_name TEXT NOT NULL,
    push_id INTEGER NOT NULL,
    PRIMARY KEY (occurred_at_ms, lock_row, source, source_id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------- pushes

-- The key starts with what grows (see dedupe_key), so that inserts stay at its right edge.
CREATE TABLE inbox (
    push_id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at_ms INTEGER NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'result')),
    name TEXT NOT NULL,
    device_uuid TEXT NOT NULL,
    occurred_at_ms INTEGER,
    records INTEGER NOT NULL,
    sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
    body ANY NOT NULL CHECK (typeof(body) = CASE sealed WHEN 1 THEN 'blob' ELSE 'text' END),
    dedupe_order INTEGER NOT NULL,
    dedupe_hash BLOB NOT NULL CHECK (length(dedupe_hash) = 16),
    UNIQUE (dedupe_order, dedupe_hash)
) STRICT;

-- Results whose command has no reference yet.
CREATE TABLE parked_results (
    parked_id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('parked', 'matched', 'stale')),
    account TEXT NOT NULL,
    ref TEXT NOT NULL,
    push_id INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    service TEXT NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    code INTEGER NOT NULL,
    credential_ref TEXT NOT NULL
) STRICT;

CREATE INDEX parked_results_by_ref ON parked_results (account, ref) WHERE state = 'parked';
CREATE INDEX parked_results_by_age ON parked_results (received_at_ms, push_id) WHERE state = 'parked';

-- ---------------------------------------------------------------------------------------------------- actions

CREATE TABLE actions (
    action_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('open', 'unverifiable', 'succeeded', 'failed', 'expired', 'superseded')),
    pms_id TEXT NOT NULL,
    hotel_no TEXT NOT NULL,
    room_id TEXT NOT NULL,
    room_row INTEGER NOT NULL REFERENCES rooms (room_row),
    method TEXT NOT NULL,
    manage INTEGER NOT NULL CHECK (manage IN (0, 1)),
    request_key BLOB NOT NULL CHECK (length(request_key) = 16),
    sealed_pin BLOB,
    valid_until_at_ms INTEGER,
    operator_guid TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    callback_promised INTEGER NOT NULL CHECK (callback_promised IN (0, 1)),
    created_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    final_code INTEGER,
    message TEXT NOT NULL DEFAULT '',
    CHECK ((state IN ('open', 'unverifiable')) = (final_code IS NULL)),
    CHECK ((final_code IS NULL) = (finished_at_ms IS NULL)),
    CHECK (final_code IS NULL OR (state = 'succeeded') = (final_code = 0))
) STRICT, WITHOUT ROWID;

CREATE INDEX actions_open_requests ON actions (request_key) WHERE state = 'open';
CREATE INDEX actions_waiting ON actions (state, action_id) WHERE state IN ('open', 'unverifiable');

-- behind = 1: an earlier command of the same lock is under way.
CREATE TABLE commands (
    command_id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id TEXT NOT NULL REFERENCES actions (action_id),
    account TEXT NOT NULL,
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    verb TEXT NOT NULL CHECK (verb IN ('set_pin', 'replace_pin', 'remove_pin', 'freeze_pin', 'unfreeze_pin',
                                       'read_pins', 'read_dynamic_pin', 'read_lock')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling',
                                         'unverifiable', 'done', 'rejected', 'expired', 'superseded')),
    behind INTEGER NOT NULL CHECK (behind IN (0, 1)),
    ref TEXT NOT NULL DEFAULT '',
    credential_ref TEXT NOT NULL DEFAULT '',
    due_at_ms INTEGER NOT NULL,
    sends INTEGER NOT NULL DEFAULT 0,
    probes INTEGER NOT NULL DEFAULT 0,
    absent_probes INTEGER NOT NULL DEFAULT 0,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until_at_ms INTEGER,
    opened_at_ms INTEGER NOT NULL,
    accepted_at_ms INTEGER,
    finished_at_ms INTEGER,
    message TEXT NOT NULL DEFAULT '',
    vendor_code INTEGER NOT NULL DEFAULT 0,
    CHECK ((state IN ('sending', 'probing', 'polling')) = (lease_owner IS NOT NULL)),
    CHECK ((state IN ('done', 'rejected', 'expired', 'superseded')) = (finished_at_ms IS NOT NULL)),
    CHECK (behind = 0 OR state = 'pending')
) STRICT;

CREATE INDEX commands_by_action ON commands (action_id);
CREATE INDEX commands_due ON commands (account, due_at_ms)
    WHERE behind = 0 AND state IN ('pending', 'uncertain', 'awaiting');
CREATE INDEX commands_leased ON commands (account, lease_until_at_ms) WHERE state IN ('sending', 'probing', 'polling');
CREATE INDEX commands_of_lock ON commands (lock_row, behind)
    WHERE state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling');
CREATE INDEX commands_by_ref ON commands (account, ref) WHERE ref <> '';
CREATE INDEX commands_unverifiable ON commands (opened_at_ms) WHERE state = 'unverifiable';

-- What lockhub knows to be on a lock. purpose 'local': made at the door or by others.
CREATE TABLE credentials (
    lock_row INTEGER NOT NULL REFERENCES locks (lock_row),
    credential_ref TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('guest', 'manage', 'local')),
    state TEXT NOT NULL CHECK (state IN ('active', 'removed')),
    room_row INTEGER REFERENCES rooms (room_row),
    action_id TEXT REFERENCES actions (action_id),
    valid_until_at_ms INTEGER,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (lock_row, credential_ref)
) STRICT, WITHOUT ROWID;

CREATE INDEX credentials_by_action ON credentials (action_id) WHERE action_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------- callbacks

-- Conditions here are chains of OR and tests for NULL: SQLite builds a temporary table at each write for a longer IN
-- list. A row that is neither finished nor held is ready, queued or leased.
-- One delivery of a lane is ready or leased, the others of it are queued behind it. lane: room_row * 4 + class
-- (0 results, 1 alarms, 2 other events); the negative of hotel_row * 4 + class for what is about no room.
CREATE TABLE outbox (
    delivery_id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state = 'ready' OR state = 'queued' OR state = 'leased' OR state = 'delivered'
                               OR state = 'held' OR state = 'dead' OR state = 'discarded'),
    kind TEXT NOT NULL CHECK (kind = 'event' OR kind = 'password_result' OR kind = 'make_card_result'
                              OR kind = 'query_card_result' OR kind = 'return_card_result'),
    pms_id TEXT NOT NULL,
    hotel_no TEXT NOT NULL,
    room_id TEXT NOT NULL,
    room_row INTEGER,
    action_id TEXT,
    event TEXT,
    push_id INTEGER,
    payload TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    due_at_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    leased_at_ms INTEGER,
    lease_until_at_ms INTEGER,
    why TEXT NOT NULL DEFAULT 'none',
    message TEXT NOT NULL DEFAULT '',
    held_reason TEXT CHECK (held_reason IS NULL OR held_reason = 'pms_unknown' OR held_reason = 'pms_disabled'
                            OR held_reason = 'no_url' OR held_reason = 'not_subscribed' OR held_reason = 'dispatcher'
                            OR held_reason = 'operator'),
    finished_at_ms INTEGER,
    CHECK ((state = 'leased') = (lease_owner IS NOT NULL)),
    CHECK ((state = 'held') = (held_reason IS NOT NULL)),
    CHECK ((state = 'delivered' OR state = 'dead' OR state = 'discarded') = (finished_at_ms IS NOT NULL)),
    CHECK ((kind = 'event') = (event IS NOT NULL)),
    CHECK ((kind = 'event') = (action_id IS NULL))
) STRICT;

CREATE INDEX outbox_due ON outbox (pms_id, due_at_ms) WHERE state = 'ready';
CREATE INDEX outbox_lanes ON outbox (lane, state) WHERE finished_at_ms IS NULL AND held_reason IS NULL;
CREATE INDEX outbox_leased ON outbox (pms_id, lease_until_at_ms) WHERE state = 'leased';
CREATE INDEX outbox_held ON outbox (held_reason, pms_id) WHERE state = 'held';
CREATE INDEX outbox_dead ON outbox (pms_id) WHERE state = 'dead';
CREATE INDEX outbox_open_pushes ON outbox (push_id) WHERE push_id IS NOT NULL AND finished_at_ms IS NULL;
CREATE INDEX outbox_by_action ON outbox (action_id) WHERE action_id IS NOT NULL;

CREATE TABLE attempts (
    attempt_id INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER NOT NULL,
    why TEXT NOT NULL CHECK (why = 'none' OR why = 'refused_by_pms' OR why = 'http_3xx' OR why = 'http_4xx'
                             OR why = 'http_429' OR why = 'http_5xx' OR why = 'timeout' OR why = 'dns' OR why = 'tls'
                             OR why = 'connection_refused' OR why = 'connection_lost' OR why = 'address_forbidden'
                             OR why = 'response_too_large' OR why = 'bad_url' OR why = 'interrupted'),
    http_status INTEGER NOT NULL,
    message TEXT NOT NULL,
    response BLOB NOT NULL
) STRICT;

CREATE INDEX attempts_of_delivery ON attempts (delivery_id);

-- ---------------------------------------------------------------------------------------------------- the rest

CREATE TABLE tokens (
    account TEXT NOT NULL PRIMARY KEY,
    sealed_token BLOB NOT NULL,
    expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    audit_id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------------------------------------------- views

CREATE VIEW failed_deliveries AS
SELECT delivery_id, state, pms_id, hotel_no, room_id, kind, event, action_id, attempts, why, message,
       strftime('%Y-%m-%d %H:%M:%S', created_at_ms / 1000 + 28800, 'unixepoch') AS created_at,
       strftime('%Y-%m-%d %H:%M:%S', COALESCE(finished_at_ms, due_at_ms) / 1000 + 28800, 'unixepoch') AS failed_or_due_at
FROM outbox
WHERE state = 'dead' OR (state IN ('ready', 'queued', 'leased') AND why <> 'none')
ORDER BY delivery_id DESC;

CREATE VIEW waiting_deliveries AS
SELECT delivery_id, state, held_reason, pms_id, hotel_no, room_id, kind, event, action_id, attempts, why, message,
       strftime('%Y-%m-%d %H:%M:%S', created_at_ms / 1000 + 28800, 'unixepoch') AS created_at,
       strftime('%Y-%m-%d %H:%M:%S', due_at_ms / 1000 + 28800, 'unixepoch') AS due_at
FROM outbox
WHERE state IN ('ready', 'queued', 'leased', 'held')
ORDER BY delivery_id;

CREATE VIEW recent_pushes AS
SELECT push_id, strftime('%Y-%m-%d %H:%M:%S', received_at_ms / 1000 + 28800, 'unixepoch') AS received_at, account, kind,
       name, device_uuid,
       strftime('%Y-%m-%d %H:%M:%S', occurred_at_ms / 1000 + 28800, 'unixepoch') AS occurred_at, records,
       CASE sealed WHEN 1 THEN '(sealed)' ELSE body END AS body
FROM inbox
ORDER BY push_id DESC
LIMIT 1000;

CREATE VIEW open_actions AS
SELECT a.action_id, a.state, a.pms_id, a.hotel_no, a.room_id, a.method, a.operator_name, c.account, l.lock_uuid,
       c.verb, c.state AS command_state, c.sends, c.probes, c.message,
       strftime('%Y-%m-%d %H:%M:%S', a.created_at_ms / 1000 + 28800, 'unixepoch') AS created_at,
       strftime('%Y-%m-%d %H:%M:%S', c.due_at_ms / 1000 + 28800, 'unixepoch') AS command_due_at
FROM actions AS a
JOIN commands AS c ON c.action_id = a.action_id
JOIN locks AS l ON l.lock_row = c.lock_row
WHERE a.state IN ('open', 'unverifiable')
ORDER BY a.action_id;
