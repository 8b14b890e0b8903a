"""Made by generate.py from the API document; do not edit."""


class Operations:
    """Every operation of the API; answers are dictionaries as the API document describes them."""

    def export_network(self, *, what=None, format=None, as_of=None, person=None, directed=None, dynamic=None):
        """Export the network.
        
        Interactions, people, ties, measures, aliases or follow-ups as a file that others read, or the whole log as an
        archive that imports to an equal one (with the scope admin). Streamed while the server serves; what comes in
        meanwhile is not in it. Closing the connection stops it. Where keys are configured, this needs one of the
        scopes analyst, admin.
        :param what: interactions; people (profiles); measures (people with every measure); ties (every dyad with its measures); aliases; follow-ups (of a person, due); log (all of it, to import into another server). Without it: what the format is for.
        :param format: Without it: the first that the content goes as.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param person: Whose follow-ups (an id).
        :param directed: Graphs, 'true': an edge for each direction, with its own strength as weight.
        :param dynamic: Graphs, 'true': each edge says from when until when there were interactions.
        """
        return self._ask('GET', '/v1/export', {}, {'what': what, 'format': format, 'asOf': as_of, 'person': person, 'directed': directed, 'dynamic': dynamic})

    def list_identity_changes(self, *, after=None, limit=None):
        """Follow who is who.
        
        What was said of ids, in the order of the log: merges, splits, and pairs called distinct, each with who the
        two are now. To follow ids, ask again with the position of the answer. Where keys are configured, this needs
        one of the scopes analyst, admin.
        :param after: Only changes after this position of the log: the position of the last one seen.
        :param limit: How many items an answer has at most.
        """
        return self._ask('GET', '/v1/identity/changes', {}, {'after': after, 'limit': limit})

    def list_entity_suggestions(self, *, limit=None, cursor=None):
        """List ids that behave as no person does.
        
        Ids with 30 senders and 200 interactions in 90 days and none back, or that wrote to 50 people one by one in 30
        days of whom under 2 % answered. Nothing changes until somebody says so in the profile. Where keys are
        configured, this needs one of the scopes analyst, admin.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/identity/entities', {}, {'limit': limit, 'cursor': cursor})

    def list_identity_suggestions(self, *, first=None, second=None, limit=None, cursor=None):
        """List suggested duplicates.
        
        Pairs of ids that may be one person's, the most probable first, each with the rule it comes from and what it
        rests on. With first and second: what speaks for those two, or why nothing does, whatever was decided. Where
        keys are configured, this needs one of the scopes analyst, admin.
        :param first: With second: an id, to ask whether these two may be one person's.
        :param second: With first: the other id.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/identity/suggestions', {}, {'first': first, 'second': second, 'limit': limit, 'cursor': cursor})

    def decide_identity_suggestion(self, suggestion, *, decision=None, canonical=None):
        """Decide on a suggestion.
        
        Merges the two ids, or says that they are two people's. Each decision recalibrates the rule. Answered when it
        is durable. Where keys are configured, this needs the scope admin.
        :param suggestion: The suggestion's id.
        :param decision: merge: the two ids are one person's; distinct: they are two people's, and are not suggested again.
        :param canonical: By which of the person's ids they are known from here on. Without it: the one with more interactions.
        """
        return self._ask('POST', '/v1/identity/suggestions/{suggestion}', {'suggestion': suggestion}, {'decision': decision, 'canonical': canonical})

    def list_imports(self, *, limit=None, cursor=None):
        """List imports.
        
        All imports, the latest to begin first. With an ingest key, those of that key. Where keys are configured, this
        needs one of the scopes ingest, admin.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/imports', {}, {'limit': limit, 'cursor': cursor})

    def start_import(self, body, *, name=None, format=None, dry_run=None, batch=None, me=None, read_text=None, tentative=None, lists=None, undirected_both=None, chat=None, time_zone=None, time_format=None, date_order=None, time_unit=None, delimiter=None, columns=None, map=None, ignore=None, epoch=None, mapping=None, wait=None, at=None, kind=None, exchange=None, setting=None, channel=None, venue=None):
        """Import a file.
        
        The body is a file of any supported format, as it is, packed with gzip, or a zip archive of several; of any
        size, and of any Content-Type. The format is recognised by the content. Answered 200 when the import has ended
        within the seconds to wait, else 202 with its address in Location: ask there how far it is. A row that is
        wrong costs that row. Sending a file again changes nothing that is there. With dryRun=true nothing is written,
        and the answer says what would come in; its id is good for asking and stopping while the server keeps it.
        Where keys are configured, this needs one of the scopes ingest, admin.
        :param name: What the file, folder or archive is called. By it and by its beginning the import gets its id, so that sending the same file again adds to the same import.
        :param format: The format. Without it: recognised by the content.
        :param dry_run: 'true': say what would come in, what is left out and why, and what was guessed; write nothing.
        :param batch: The import's id. Without it: from the name and the beginning of the file.
        :param me: Whose data it is: an id of the owner, or several. Without it: guessed, and said.
        :param read_text: 'true': read texts for what was asked, given or thanked for. Texts are never stored.
        :param tentative: 'true': who answered an invitation tentatively took part.
        :param lists: 'true': first posts to mailing lists are attendances at the list.
        :param undirected_both: 'true': an undirected edge of a graph is one interaction each way.
        :param chat: What the chat is called, for exports that do not say it. Without it: by the name of the file.
        :param time_zone: The zone of times that name none.
        :param time_format: How the times of a table are written. Without it: the usual forms.
        :param date_order: What comes first in dates such as 03/04/26. Without it: what all dates of the file show.
        :param time_unit: What times that are numbers count.
        :param delimiter: Tables: what separates the columns; one character, or comma, semicolon, tab, pipe, space. Without it: recognised.
        :param columns: Tables without a header: the fields of the columns, separated by commas; - for a column to leave out.
        :param map: Tables: field=column, where a column is not called as its field is.
        :param ignore: Tables: a column to leave out.
        :param epoch: Tables: what a time of 0 means, where times are numbers; RFC 3339.
        :param mapping: Tables: a mapping as JSON: which columns hold which fields, what words mean, which rows are turned round or dropped.
        :param wait: Seconds to wait for the import to end. Where it takes longer the answer is 202, and how far it is stands at its own address.
        :param at: Tables and graphs: the 'at' of every row, where there is no such column.
        :param kind: Tables and graphs: the 'kind' of every row, where there is no such column.
        :param exchange: Tables and graphs: the 'exchange' of every row, where there is no such column.
        :param setting: Tables and graphs: the 'setting' of every row, where there is no such column.
        :param channel: Tables and graphs: the 'channel' of every row, where there is no such column.
        :param venue: Tables and graphs: the 'venue' of every row, where there is no such column.
        """
        return self._ask('POST', '/v1/imports', {}, {'name': name, 'format': format, 'dryRun': dry_run, 'batch': batch, 'me': me, 'readText': read_text, 'tentative': tentative, 'lists': lists, 'undirectedBoth': undirected_both, 'chat': chat, 'timeZone': time_zone, 'timeFormat': time_format, 'dateOrder': date_order, 'timeUnit': time_unit, 'delimiter': delimiter, 'columns': columns, 'map': map, 'ignore': ignore, 'epoch': epoch, 'mapping': mapping, 'wait': wait, 'at': at, 'kind': kind, 'exchange': exchange, 'setting': setting, 'channel': channel, 'venue': venue}, body, 'application/octet-stream')

    def get_import(self, batch):
        """Get an import.
        
        One import: how far it is and, some time after it ended, what its last run brought and what was understood of
        the file; later, what all its runs brought. Where keys are configured, this needs one of the scopes ingest,
        admin.
        :param batch: The import's id, percent-encoded once, '/' as %2F.
        """
        return self._ask('GET', '/v1/imports/{batch}', {'batch': batch}, {})

    def undo_import(self, batch):
        """Stop or undo an import.
        
        While it runs: stops it, and keeps what had come in; ask again to undo that. Once it has ended: withdraws the
        import as a source of everything it brought. What has no other source no longer counts, and every measure is
        as if the import had never been; it may be imported again. Answered when it is durable; where it was
        interrupted, ask again. Where keys are configured, this needs one of the scopes ingest, admin.
        :param batch: The import's id, percent-encoded once, '/' as %2F.
        """
        return self._ask('DELETE', '/v1/imports/{batch}', {'batch': batch}, {})

    def record_interactions(self, body, *, batch=None, time_unit=None, lenient=None, delimiter=None, columns=None, map=None, ignore=None, epoch=None, at=None, kind=None, exchange=None, setting=None, channel=None, venue=None, content_type='application/json'):
        """Record interactions.
        
        Takes one interaction, an array of them, NDJSON or CSV (header of field names, recipients separated by ';'),
        also with Content-Encoding: gzip, of any size. Answered when all of it is durable. A line that is wrong is
        rejected and the others are kept: 200 where the body was read to its end and a line was accepted or a
        duplicate, 422 with the same answer where none was, 400, 413 or 429 with what was kept where it could not be
        read or taken to its end. Sending a body again is safe: an id that is there already with the same content is a
        duplicate and changes nothing; with other content it is a conflict, changes nothing either, and is listed in
        'rejected' under the field 'id', but not counted in 'rejectedCount'. Lines count from 1: physical lines of
        NDJSON and CSV (the header is line 1), elements of an array. JSON interactions need an id; CSV rows without
        one get one from their content, the same each time, and equal rows get different ones. Fields that do not
        exist are rejected. Where keys are configured, this needs one of the scopes ingest, admin, or a person's own
        (person:<id>), for interactions from that person.
        :param batch: The import that the body belongs to: a source that can be listed and undone as a whole (/v1/imports), and may be sent in parts. Left out, the interactions are sent directly.
        :param time_unit: What times that are numbers count: s or ms. Where it is left out they count milliseconds (seconds for text/csv with an epoch), and numbers that can only be seconds are refused.
        :param lenient: 'true': a sender among the recipients, and a recipient named twice, are dropped; otherwise such an interaction is rejected.
        :param delimiter: For text/csv: what parts the columns; one character, or comma (default), semicolon, tab, pipe, space.
        :param columns: For text/csv without a header: the fields of the columns, separated by commas; - for a column to leave out.
        :param map: For text/csv: field=column, where a column is not called as its field is. May be given several times.
        :param ignore: For text/csv: columns to leave out, separated by commas. May be given several times.
        :param epoch: For text/csv: what a time of 0 means, where times are numbers; RFC 3339, default 1970-01-01T00:00:00Z.
        :param at: For text/csv: the 'at' of every row, where there is no such column.
        :param kind: For text/csv: the 'kind' of every row, where there is no such column.
        :param exchange: For text/csv: the 'exchange' of every row, where there is no such column.
        :param setting: For text/csv: the 'setting' of every row, where there is no such column.
        :param channel: For text/csv: the 'channel' of every row, where there is no such column.
        :param venue: For text/csv: the 'venue' of every row, where there is no such column.
        """
        return self._ask('POST', '/v1/interactions', {}, {'batch': batch, 'timeUnit': time_unit, 'lenient': lenient, 'delimiter': delimiter, 'columns': columns, 'map': map, 'ignore': ignore, 'epoch': epoch, 'at': at, 'kind': kind, 'exchange': exchange, 'setting': setting, 'channel': channel, 'venue': venue}, body, content_type)

    def get_interaction(self, interaction):
        """Get an interaction.
        
        The interaction as it counts now, and its sources. One that was retracted, or whose sources were all undone,
        is not found. Where keys are configured, this needs one of the scopes analyst, safety, admin, or a person's
        own (person:<id>), for interactions they took part in.
        :param interaction: The interaction's id, percent-encoded once, '/' as %2F.
        """
        return self._ask('GET', '/v1/interactions/{interaction}', {'interaction': interaction}, {})

    def amend_interaction(self, interaction, body):
        """Amend an interaction.
        
        Puts new content under an id that is there, or was retracted; every measure is then as if it had always been
        this. The rules are those of POST. Answered when it is durable; the same content again changes nothing. With
        an ingest key, only what that key wrote. Where keys are configured, this needs one of the scopes ingest,
        admin.
        :param interaction: The interaction's id, percent-encoded once, '/' as %2F.
        """
        return self._ask('PUT', '/v1/interactions/{interaction}', {'interaction': interaction}, {}, body, 'application/json')

    def retract_interaction(self, interaction):
        """Retract an interaction.
        
        Takes the interaction back: every measure, at every date, is then as if it had never been. Sending or
        importing it again changes nothing, until it is amended. Answered when it is durable; retracting again changes
        nothing. Where keys are configured, this needs the scope admin.
        :param interaction: The interaction's id, percent-encoded once, '/' as %2F.
        """
        return self._ask('DELETE', '/v1/interactions/{interaction}', {'interaction': interaction}, {})

    def get_team_introductions(self, *, from_organisation=None, from_role=None, from_tag=None, to=None, organisation=None, role=None, tag=None, k=None, max_hops=None, min_score=None, as_of=None):
        """Find introduction paths from a team.
        
        Who of us knows someone there, how warmly, and whom to ask first: paths from the people of an organisation,
        role or tag (fromOrganisation, fromRole, fromTag; those given must all match) to one person (to) or to anyone
        of a set. No two paths have the same first broker or target, and colleagues who have no path yet come first.
        Ties that stand already are in alreadyConnected. Where keys are configured, this needs one of the scopes
        analyst, admin.
        :param from_organisation: The people of this organisation are the team.
        :param from_role: The people with this role are the team.
        :param from_tag: The people with this tag are the team.
        :param to: Id of the person to be introduced to.
        :param organisation: Be introduced to anyone at this organisation.
        :param role: Be introduced to anyone with this role.
        :param tag: Be introduced to anyone with this tag.
        :param k: How many paths, each with another first broker.
        :param max_hops: How many hops a path has at most.
        :param min_score: Paths with a lower score are left out, and counted.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/introductions', {}, {'fromOrganisation': from_organisation, 'fromRole': from_role, 'fromTag': from_tag, 'to': to, 'organisation': organisation, 'role': role, 'tag': tag, 'k': k, 'maxHops': max_hops, 'minScore': min_score, 'asOf': as_of})

    def get_network(self, *, as_of=None):
        """Get the network in numbers.
        
        People, interactions, ties and dyads by status, and how fresh the answer is. Where keys are configured, this
        needs one of the scopes analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/network', {}, {'asOf': as_of})

    def get_backbone(self, *, as_of=None, limit=None, cursor=None):
        """Get the network's backbone.
        
        The fewest and strongest mutual ties that still connect everyone whom mutual ties connect (a maximum spanning
        forest), strongest first. Where keys are configured, this needs one of the scopes analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/network/backbone', {}, {'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_brokers(self, *, as_of=None, weights=None, limit=None):
        """Get the network's brokers.
        
        The people between others who do not know each other: of those with at least three ties the least constrained.
        Where keys are configured, this needs one of the scopes analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param weights: Whether ties count by their strength, or all alike (none).
        :param limit: How many people the answer has at most.
        """
        return self._ask('GET', '/v1/network/brokers', {}, {'asOf': as_of, 'weights': weights, 'limit': limit})

    def get_network_changes(self, *, since=None, as_of=None):
        """Get what changed lately.
        
        Which dyads went from which status to which between two dates, 30 days apart where nothing else is asked for,
        and the strongest of each. Where keys are configured, this needs one of the scopes analyst, admin.
        :param since: The earlier date, RFC 3339, not after the later one. Without it: 30 days before.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/network/changes', {}, {'since': since, 'asOf': as_of})

    def get_communities(self, *, as_of=None, weights=None, limit=None, cursor=None):
        """Get the network's communities.
        
        Communities of five people and more (Leiden), largest first: what their people have in common, what holds them
        together, and what bridges them to others. Where keys are configured, this needs one of the scopes analyst,
        admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param weights: Whether ties count by their strength, or all alike (none).
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/network/communities', {}, {'asOf': as_of, 'weights': weights, 'limit': limit, 'cursor': cursor})

    def get_cores(self, *, as_of=None, limit=None, cursor=None):
        """Get the network's cores.
        
        Groups in which everyone reaches everyone else along ties in their direction (strongly connected components),
        those of five people and more, largest first, and which of them lead to which others without a way back (the
        condensation). Where keys are configured, this needs one of the scopes analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/network/cores', {}, {'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_groups(self, *, by=None, as_of=None):
        """Get the ties between groups.
        
        How many ties lead from each organisation (or industry, role, tag) to each, how strong they are and how many
        are returned. Figures that rest on fewer than five people are null, and so are those that they could be worked
        out from. Where keys are configured, this needs one of the scopes analyst, admin.
        :param by: What people are grouped by. By tag a person is in the group of each of their tags.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/network/groups', {}, {'by': by, 'asOf': as_of})

    def get_huddles(self, *, audience=None, person=None, size=None, k=None, as_of=None):
        """Propose huddles.
        
        Groups of people who serve the same audience, none of whom offers what another does, chosen so that favours
        are likely to pass between them. Says whether a group is proved the best, and else how much better one could
        be at most. Where keys are configured, this needs one of the scopes analyst, admin.
        :param audience: Only groups of people who serve this audience.
        :param person: Only groups with this person (an id).
        :param size: How many people are in a group.
        :param k: How many groups at most; nobody is in two of them but the person asked for.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/network/huddles', {}, {'audience': audience, 'person': person, 'size': size, 'k': k, 'asOf': as_of})

    def get_network_map(self, *, as_of=None, limit=None, ties=None, places=None):
        """Get the network as a map.
        
        People with positions, drawn so that communities are apart, and everyone's three strongest ties with the
        backbone that connects them, in columns of equal length. Where keys are configured, this needs one of the
        scopes analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many people the map shows at most, those of the highest PageRank.
        :param ties: How many ties the map shows at most: the backbone that connects people first, then the strongest of everyone's three strongest.
        :param places: Where people stand: as the network of the date (then) places them, or as the one of now does (now), so that maps of several dates lie over each other. On the map of now communities are those of now too.
        """
        return self._ask('GET', '/v1/network/map', {}, {'asOf': as_of, 'limit': limit, 'ties': ties, 'places': places})

    def get_network_reciprocity(self, *, as_of=None):
        """Get the network's reciprocity.
        
        r, ρ (corrected for chance) and the share of strength that is returned. Where keys are configured, this needs
        one of the scopes analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/network/reciprocity', {}, {'asOf': as_of})

    def get_reciprocity_distribution(self, *, as_of=None):
        """Get how reciprocity is spread.
        
        Over people: the share of what they put in that comes back, and of what they get that they return. Over dyads:
        their balance. In bins of equal width, with quartiles. Where keys are configured, this needs one of the scopes
        analyst, admin.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/network/reciprocity/distribution', {}, {'asOf': as_of})

    def get_network_timeline(self, *, from_=None, to=None, points=None):
        """Get the network over time.
        
        People, interactions, ties by status and reciprocity at equal distances between two dates. Where keys are
        configured, this needs one of the scopes analyst, admin.
        :param from_: The first date, RFC 3339. Without it: the first interaction.
        :param to: The last date, RFC 3339, not in the future. Without it: now.
        :param points: At how many dates, at equal distances.
        """
        return self._ask('GET', '/v1/network/timeline', {}, {'from': from_, 'to': to, 'points': points})

    def get_network_warnings(self):
        """Get who shows which warning.
        
        How many people show each warning now, and who most; everybody's are at /v1/people/{id}/warnings. Unwanted
        persistence is told to those it concerns only. Where keys are configured, this needs one of the scopes
        analyst, admin.
        """
        return self._ask('GET', '/v1/network/warnings', {}, {})

    def search_people(self, *, query=None, organisation=None, role=None, tag=None, id=None, limit=None, cursor=None):
        """Search people.
        
        Everyone known, by id (ordinal): who took part in an interaction, was named in one, or has a profile. All
        filters given must match, ids exactly and the others regardless of case. Where nobody has the text as it
        stands, those whose name and organisation hold its words in any order, without accents and with one wrong
        letter a word, the closest first, on one page; of somebody without a profile there is the id alone. Where keys
        are configured, this needs one of the scopes analyst, safety, admin.
        :param query: A part of the id, the name or the organisation, regardless of case.
        :param organisation: Only people of this organisation.
        :param role: Only people with this role.
        :param tag: Only people with this tag.
        :param id: Only the person with this id. Given several times: only these people.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people', {}, {'query': query, 'organisation': organisation, 'role': role, 'tag': tag, 'id': id, 'limit': limit, 'cursor': cursor})

    def put_people(self, body, *, content_type='application/x-ndjson'):
        """Put many profiles.
        
        One profile a line (NDJSON), one or an array of them (JSON), or CSV as the export writes it. A bad line
        rejects that line, not the others; answered when all others are durable. Where keys are configured, this needs
        one of the scopes ingest, admin.
        """
        return self._ask('POST', '/v1/people', {}, {}, body, content_type)

    def get_person(self, id, *, as_of=None):
        """Get a person.
        
        The current profile, and what the person took part in up to the date. Where keys are configured, this needs
        one of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/people/{id}', {'id': id}, {'asOf': as_of})

    def put_person(self, id, body):
        """Put a profile.
        
        Replaces the person's profile; what is left out is absent from then on. Answered when it is durable. Where
        keys are configured, this needs one of the scopes ingest, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('PUT', '/v1/people/{id}', {'id': id}, {}, body, 'application/json')

    def patch_person(self, id, body, *, clear=None, content_type='application/json'):
        """Change a profile.
        
        Replaces the fields that are given and leaves the others; null takes a field away. Of somebody without a
        profile it makes one. Answered when it is durable and visible. Where keys are configured, this needs one of
        the scopes ingest, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param clear: A field to take away; may be given several times. Over HTTP null in the body does the same.
        """
        return self._ask('PATCH', '/v1/people/{id}', {'id': id}, {'clear': clear}, body, content_type)

    def erase_person(self, id):
        """Erase a person.
        
        Removes the person, with all ids, everywhere and for good: log, histories, snapshots, checkpoints. An erased
        person stays out when sent again (SuppressErased), until that is lifted. Where keys are configured, this needs
        the scope admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('DELETE', '/v1/people/{id}', {'id': id}, {})

    def get_access(self, id, *, limit=None, cursor=None):
        """List who has asked about a person.
        
        Each answer to a team, an analyst or an assistant that named the person or used their ties, once a day for
        each caller and operation, newest first. Says nothing of the other people in the question. Shown for a
        configurable time (AccessKeptDays). Only the person and administrators see it. Where keys are configured, this
        needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/access', {'id': id}, {'limit': limit, 'cursor': cursor})

    def get_aliases(self, id):
        """List a person's ids.
        
        All ids of a person, the merges that make them one, and the ids said to be other people's. Where keys are
        configured, this needs one of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('GET', '/v1/people/{id}/aliases', {'id': id}, {})

    def merge_alias(self, id, other, *, canonical=None, batch=None):
        """Merge two ids.
        
        Says that two ids are one person's: everything measured is then of the one person, at every date. Takes back
        what said that they are two. Answered when it is durable; saying it again changes nothing. Where keys are
        configured, this needs the scope admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        :param canonical: By which of the person's ids they are known from here on. Without it: the one with more interactions.
        :param batch: The import that shows the two to be of one card or account: undoing it withdraws the merge. Not given: it was decided.
        """
        return self._ask('PUT', '/v1/people/{id}/aliases/{other}', {'id': id, 'other': other}, {'canonical': canonical, 'batch': batch})

    def split_alias(self, id, other, *, distinct=None):
        """Split two ids.
        
        Takes back the merge of exactly these two ids, and gives back what was before; with distinct=true also says
        that they are two people's. Answered when it is durable. Where keys are configured, this needs the scope
        admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        :param distinct: 'true': the two are different people's ids, and are not suggested again, whether or not they were merged.
        """
        return self._ask('DELETE', '/v1/people/{id}/aliases/{other}', {'id': id, 'other': other}, {'distinct': distinct})

    def get_archetypes(self, id, *, as_of=None, limit=None, cursor=None):
        """Get a person's archetypes.
        
        The habits a person carries (score 0.5 or more), the strongest first, each with counsel and what it rests on.
        Nobody with fewer than 10 outgoing interactions carries any; cannotTell says where the log has nothing to
        judge by. Where keys are configured, this needs one of the scopes analyst, safety, admin, or the person's own
        (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/archetypes', {'id': id}, {'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_asks(self, id, *, state=None, limit=None, cursor=None):
        """List a person's asks.
        
        Introductions that the person asked for, and those that came to them as a broker or as the target, the one
        changed last first. A broker sees an ask once it was sent, the others on the path and the target once the
        broker has accepted. Where keys are configured, this needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param state: Only the asks in this state.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/asks', {'id': id}, {'state': state, 'limit': limit, 'cursor': cursor})

    def propose_ask(self, id, body):
        """Propose an ask.
        
        Asks for an introduction along a path: the one named, or the best there is. Answers a drafted message; nobody
        else sees it yet. Asking the same again answers the ask there is. Where keys are configured, this needs the
        scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('POST', '/v1/people/{id}/asks', {'id': id}, {}, body, 'application/json')

    def put_ask(self, id, ask, body):
        """Say what became of an ask.
        
        proposed, asked (it was sent), accepted, introduced, declined: one after the other. Who asks may say all of
        them; a broker answers what was sent to them. An introduction is recorded as an interaction from the broker to
        both, unless record is false. Answered when it is durable. Where keys are configured, this needs the scope
        admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param ask: The ask's id, as the list of asks has it.
        """
        return self._ask('PUT', '/v1/people/{id}/asks/{ask}', {'id': id, 'ask': ask}, {}, body, 'application/json')

    def get_blocks(self, id, *, limit=None, cursor=None):
        """List a person's blocks.
        
        Whom the person blocks, by id. Who is blocked is never told of it. Where keys are configured, this needs one
        of the scopes safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/blocks', {'id': id}, {'limit': limit, 'cursor': cursor})

    def place_block(self, id, other):
        """Block somebody.
        
        Hides the other from what the person is shown, and cuts introductions between the two. The other is not told,
        and sees their own ties as before. Answered when it is durable; placing it again changes nothing. Where keys
        are configured, this needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('PUT', '/v1/people/{id}/blocks/{other}', {'id': id, 'other': other}, {})

    def lift_block(self, id, other):
        """Lift a block.
        
        Takes a block back. Answered when that is durable; lifting one that is not there changes nothing. Where keys
        are configured, this needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('DELETE', '/v1/people/{id}/blocks/{other}', {'id': id, 'other': other}, {})

    def get_brief(self, id, other, *, as_of=None):
        """Get a brief before a meeting.
        
        What the two have had with each other, what is open between them, whom both know, the best way to be
        introduced where they have not met, and counsel. Where keys are configured, this needs one of the scopes
        analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/people/{id}/brief/{other}', {'id': id, 'other': other}, {'asOf': as_of})

    def get_dormant_ties(self, id, *, goal=None, as_of=None, limit=None, cursor=None):
        """Get a person's dormant ties.
        
        Ties gone quiet, the ones most worth reviving first (for the goal, where one is given), each with what its
        worth is made of. Where keys are configured, this needs one of the scopes analyst, safety, admin, or the
        person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param goal: What to take a tie up again for: 'advice' orders by trust (Walter, Levin and Murnighan 2015), 'newIdeas' and 'job' by newness (Levin, Walter and Murnighan 2011; Granovetter 1973), 'introduction' by both. Without it: by reconnectValue.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/dormant-ties', {'id': id}, {'goal': goal, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_revival(self, id, other, *, as_of=None, limit=None):
        """Ask what reviving a tie would change.
        
        Whom introductions would reach (score of at least 0.3, four hops) if the tie were as strong again as it ever
        was, who are out of reach or further off now. Where keys are configured, this needs one of the scopes analyst,
        safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many people each list has at most.
        """
        return self._ask('GET', '/v1/people/{id}/dormant-ties/{other}/what-if', {'id': id, 'other': other}, {'asOf': as_of, 'limit': limit})

    def get_ego(self, id, *, as_of=None, limit=None):
        """Get a person's network close up.
        
        The neighbours with the strongest ties, and the ties among them. Where keys are configured, this needs one of
        the scopes analyst, safety, admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many neighbours the answer has at most, the strongest ties first.
        """
        return self._ask('GET', '/v1/people/{id}/ego', {'id': id}, {'asOf': as_of, 'limit': limit})

    def confirm_entity(self, id, *, entity=None):
        """Say what stands behind an id.
        
        Sets the entity in the profile of the id, of which the rest stays. Answered when it is durable. Where keys are
        configured, this needs the scope admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param entity: What stands behind the id.
        """
        return self._ask('PUT', '/v1/people/{id}/entity', {'id': id}, {'entity': entity})

    def export_person(self, id):
        """Export a person.
        
        Everything held about one person: profile, interactions, where others named them, ties, and the blocks and
        reports that they made. Streamed. Where keys are configured, this needs the scope admin, or the person's own
        (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('GET', '/v1/people/{id}/export', {'id': id}, {})

    def get_follow_ups(self, id, *, venue=None, state=None, as_of=None, limit=None, cursor=None):
        """Get a person's follow-ups.
        
        Whom the person met for the first time (a meeting or an accepted request), the latest first, and whether
        either of the two followed it up: within 24 h, within 48 h, late (14 days), due, overdue or never. Where keys
        are configured, this needs one of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param venue: Only the people met first at this venue, by its exact name.
        :param state: Only the first contacts in this state; the rates are of all the same.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/follow-ups', {'id': id}, {'venue': venue, 'state': state, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_interactions(self, id, *, with_=None, since=None, until=None, kind=None, as_of=None, limit=None, cursor=None):
        """Get a person's interactions.
        
        What the person took part in, newest first. Where keys are configured, this needs one of the scopes analyst,
        safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param with_: Only the interactions with this person (an id).
        :param since: Only the interactions at or after this time, RFC 3339.
        :param until: Only the interactions at or before this time, RFC 3339.
        :param kind: Only the interactions of this kind.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/interactions', {'id': id}, {'with': with_, 'since': since, 'until': until, 'kind': kind, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_introduction_chains(self, id, *, to=None, max_hops=None, as_of=None):
        """Find introduction chains that share no broker.
        
        The most chains of mutual ties to one person (to) that have no broker in common, through people who lie on a
        way of at most maxHops hops. As many brokers would have to decline before no way is left. Where keys are
        configured, this needs one of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param to: Id of the person to be introduced to.
        :param max_hops: How many hops a path has at most.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/people/{id}/introduction-chains', {'id': id}, {'to': to, 'maxHops': max_hops, 'asOf': as_of})

    def get_introductions(self, id, *, to=None, organisation=None, role=None, tag=None, k=None, max_hops=None, min_score=None, as_of=None):
        """Find introduction paths.
        
        The paths most likely to work, with different first brokers, to one person (to) or to anyone of an
        organisation, role or tag (those given must all match). Where keys are configured, this needs one of the
        scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param to: Id of the person to be introduced to.
        :param organisation: Be introduced to anyone at this organisation.
        :param role: Be introduced to anyone with this role.
        :param tag: Be introduced to anyone with this tag.
        :param k: How many paths, each with another first broker.
        :param max_hops: How many hops a path has at most.
        :param min_score: Paths with a lower score are left out, and counted.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/people/{id}/introductions', {'id': id}, {'to': to, 'organisation': organisation, 'role': role, 'tag': tag, 'k': k, 'maxHops': max_hops, 'minScore': min_score, 'asOf': as_of})

    def get_nudges(self, id, *, rule=None, state=None, as_of=None, limit=None, cursor=None):
        """Get a person's next best actions.
        
        Follow-ups due, answers and thanks owed, referral loops to close, ties to keep warm or to revive,
        introductions to make, asks and messages to hold back; what is expected to be worth most first, each with its
        reason, its rule and the parts of its worth. Where keys are configured, this needs one of the scopes analyst,
        safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param rule: Only the nudges of this rule.
        :param state: Only nudges in this state.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/nudges', {'id': id}, {'rule': rule, 'state': state, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def put_nudge(self, id, nudge, body):
        """Say what was done about a nudge.
        
        done; snoozed until a time; dismissed: this one, all about the same person, or all of the same rule; or open
        again. A nudge that is done or dismissed stays away until its reason changes. With an interaction, what was
        done is recorded as one from the person to whom the nudge is about. Answered when it is durable. Where keys
        are configured, this needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param nudge: The nudge's id, as the list of nudges has it.
        """
        return self._ask('PUT', '/v1/people/{id}/nudges/{nudge}', {'id': id, 'nudge': nudge}, {}, body, 'application/json')

    def get_cadences(self, id):
        """Get cadences by tag.
        
        How often the person wants to be in touch with those they give a tag. Where keys are configured, this needs
        the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('GET', '/v1/people/{id}/preferences', {'id': id}, {})

    def put_cadences(self, id, body):
        """Put cadences by tag.
        
        Replaces them all. A cadence of a single person goes before that of their tags, and of several tags the
        shortest counts. Where keys are configured, this needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('PUT', '/v1/people/{id}/preferences', {'id': id}, {}, body, 'application/json')

    def get_reciprocity(self, id, *, as_of=None):
        """Get a person's reciprocity.
        
        The share of what the person puts in that comes back, and of what they get that they return. Where keys are
        configured, this needs one of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/people/{id}/reciprocity', {'id': id}, {'asOf': as_of})

    def get_referrals(self, id, *, role=None, state=None, open=None, as_of=None, limit=None, cursor=None):
        """Get a person's referral loops.
        
        Referrals the person made, received or is the subject of, the latest first: made, acted on (receiver and
        referred person in touch within 30 days), reported back to the referrer. And what came of the introductions
        the person made. Where keys are configured, this needs one of the scopes analyst, safety, admin, or the
        person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param role: Only the loops in which the person has this part.
        :param state: Only the loops that have come this far.
        :param open: 'true': only the loops that are not closed and can still be; 'false': only the others.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/referrals', {'id': id}, {'role': role, 'state': state, 'open': open, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_structure(self, id, *, as_of=None, weights=None):
        """Get a person's place in the network.
        
        Burt's constraint and effective size, local bridges, Simmelian ties, betweenness, community and PageRank.
        Communities of a large network are renewed in the background; evidence.communitiesAsOf says of when they are.
        One person's own archive says egoOnly and no more than the degree. Where keys are configured, this needs one
        of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param weights: Whether ties count by their strength, or all alike (none).
        """
        return self._ask('GET', '/v1/people/{id}/structure', {'id': id}, {'asOf': as_of, 'weights': weights})

    def get_ties(self, id, *, status=None, relationship=None, tag=None, sort=None, as_of=None, limit=None, cursor=None):
        """Get a person's ties.
        
        All dyads tied in either direction, or those that match the filters; strongest first (or by sort), then by id.
        The pages of one walk are of one position of the log, so that each tie is in exactly one of them. Where keys
        are configured, this needs one of the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param status: Only the ties of this status.
        :param relationship: Only the ties of this kind of relationship.
        :param tag: Only the ties with people who have this tag.
        :param sort: What the list is ordered by, the greatest first. Without it: strength.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/ties', {'id': id}, {'status': status, 'relationship': relationship, 'tag': tag, 'sort': sort, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_tie(self, id, other, *, as_of=None):
        """Get one dyad in full.
        
        What two people have had with each other, seen from the first. Where keys are configured, this needs one of
        the scopes analyst, safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/people/{id}/ties/{other}', {'id': id, 'other': other}, {'asOf': as_of})

    def put_beginning(self, id, other, body):
        """Say how a tie began.
        
        Goes before what can be seen of the interactions, in the person's own ties. Answered when it is durable. Where
        keys are configured, this needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('PUT', '/v1/people/{id}/ties/{other}/beginning', {'id': id, 'other': other}, {}, body, 'application/json')

    def delete_beginning(self, id, other):
        """Take back how a tie began.
        
        What can be seen of the interactions holds again. Answered when it is durable. Where keys are configured, this
        needs the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('DELETE', '/v1/people/{id}/ties/{other}/beginning', {'id': id, 'other': other}, {})

    def get_preference(self, id, other):
        """Get a preference.
        
        What the person wishes about the other; nothing is set where nothing was said. Only the person and
        administrators see it. Where keys are configured, this needs the scope admin, or the person's own
        (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('GET', '/v1/people/{id}/ties/{other}/preferences', {'id': id, 'other': other}, {})

    def put_preference(self, id, other, body):
        """Put a preference.
        
        Replaces what the person wishes about the other: how often to be in touch, the setting of what they have with
        each other, tags, and whether to hide them. Answered when it is durable. Where keys are configured, this needs
        the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('PUT', '/v1/people/{id}/ties/{other}/preferences', {'id': id, 'other': other}, {}, body, 'application/json')

    def delete_preference(self, id, other):
        """Delete a preference.
        
        Takes it back; what is not there stays so. Answered when it is durable. Where keys are configured, this needs
        the scope admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param other: The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.
        """
        return self._ask('DELETE', '/v1/people/{id}/ties/{other}/preferences', {'id': id, 'other': other}, {})

    def get_person_venues(self, id, *, as_of=None, limit=None, cursor=None):
        """Get what going to venues brought a person.
        
        The venues the person was at, the best return a visit first: whom they met there, what was followed up and
        what lasted. Where keys are configured, this needs one of the scopes analyst, safety, admin, or the person's
        own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/venues', {'id': id}, {'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_warnings(self, id, *, as_of=None, limit=None, cursor=None):
        """Get a person's warnings.
        
        What a person is warned of, in general (person is null) or on a tie: of their own behaviour, and of others who
        persist unwanted. The highest score first. Where keys are configured, this needs one of the scopes analyst,
        safety, admin, or the person's own (person:<id>).
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/people/{id}/warnings', {'id': id}, {'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def list_reports(self, *, state=None, about=None, limit=None, cursor=None):
        """List reports.
        
        All reports, newest first. Where keys are configured, this needs the scope safety.
        :param state: Only the reports in this state.
        :param about: Only the reports about this person (an id).
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/reports', {}, {'state': state, 'about': about, 'limit': limit, 'cursor': cursor})

    def file_report(self, body):
        """Report somebody.
        
        Confidential: only the safety role reads it, and the one it is about is never told. A reason is a choice and
        no text. With a person's key, only that person's own. Answered when it is durable. Where keys are configured,
        this needs one of the scopes safety, admin, or the reporter's own (person:<id>).
        """
        return self._ask('POST', '/v1/reports', {}, {}, body, 'application/json')

    def get_report(self, report):
        """Get a report.
        
        One report, with its state. Where keys are configured, this needs the scope safety.
        :param report: The report's id.
        """
        return self._ask('GET', '/v1/reports/{report}', {'report': report}, {})

    def move_report(self, report, body):
        """Move a report to another state.
        
        To reviewing, upheld or dismissed. Answered when it is durable. Where keys are configured, this needs the
        scope safety.
        :param report: The report's id.
        """
        return self._ask('PATCH', '/v1/reports/{report}', {'report': report}, {}, body, 'application/json')

    def list_sources(self, *, limit=None, cursor=None):
        """List live sources.
        
        Mailboxes, calendars, address books and folders that this server reads by itself, as its configuration names
        them: what they are doing, and what last went wrong. Where keys are configured, this needs the scope admin.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/sources', {}, {'limit': limit, 'cursor': cursor})

    def list_subscriptions(self, *, limit=None, cursor=None):
        """List webhooks.
        
        Those that the key made, or all for administrators, the one made last first; those that ended too. Where keys
        are configured, this needs one of the scopes analyst, admin.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/subscriptions', {}, {'limit': limit, 'cursor': cursor})

    def create_subscription(self, body):
        """Make a webhook.
        
        Sends what is recorded from now on to a URL, in order and at least once: POST of {id, type, position, data}
        with the headers Webhook-Id and Webhook-Signature (t=<Unix seconds>,v1=<hex of HMAC-SHA256 over "<t>.<body>",
        keyed by the secret>). Answer 2xx within ten seconds; else it is sent again for 24 hours. It sees what the key
        sees, and ends with it. The secret is in this answer alone. Where keys are configured, this needs one of the
        scopes analyst, admin.
        """
        return self._ask('POST', '/v1/subscriptions', {}, {}, body, 'application/json')

    def get_subscription(self, subscription):
        """Get a webhook.
        
        How far it has come, and the events that were given up. Where keys are configured, this needs one of the
        scopes analyst, admin.
        :param subscription: The webhook's id.
        """
        return self._ask('GET', '/v1/subscriptions/{subscription}', {'subscription': subscription}, {})

    def delete_subscription(self, subscription):
        """End a webhook.
        
        Nothing more is sent. Answered when it is durable. Where keys are configured, this needs one of the scopes
        analyst, admin.
        :param subscription: The webhook's id.
        """
        return self._ask('DELETE', '/v1/subscriptions/{subscription}', {'subscription': subscription}, {})

    def get_suppressions(self):
        """Count erased people who stay out.
        
        Who was erased and stays out when sent again: how many people and ids, and when each was erased, but not
        whose. Of an id only a keyed hash is known. Where keys are configured, this needs the scope admin.
        """
        return self._ask('GET', '/v1/suppressions', {}, {})

    def lift_suppression(self, id):
        """Let an erased person in again.
        
        Lets an erased person come in again, with all ids that were erased together; nothing of what was erased comes
        back. Where keys are configured, this needs the scope admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        """
        return self._ask('DELETE', '/v1/suppressions/{id}', {'id': id}, {})

    def search_venues(self, *, query=None, verdict=None, sort=None, as_of=None, limit=None, cursor=None):
        """Search venues.
        
        Events and places at which something happened, each with how many came, met for the first time, followed up
        and kept in exchange. Of venues with fewer than 5 people nothing but the name is told. Where keys are
        configured, this needs one of the scopes analyst, admin.
        :param query: Words that the venue's name has in it, regardless of case.
        :param verdict: Only the venues with this verdict.
        :param sort: What the list is ordered by, the greatest first; shares by their lower bound, so that few cases do not lead. Without it: people.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        :param limit: How many items an answer has at most.
        :param cursor: Where to go on: the nextCursor of the answer before, for the same query.
        """
        return self._ask('GET', '/v1/venues', {}, {'query': query, 'verdict': verdict, 'sort': sort, 'asOf': as_of, 'limit': limit, 'cursor': cursor})

    def get_venue(self, id, *, with_=None, as_of=None):
        """Get a venue in full.
        
        Was it worth it? Whom attendees met, how soon they followed up (Kaplan-Meier), what lasted, and how that
        compares with other venues. The id is the venue's exact name, percent-encoded. Where keys are configured, this
        needs one of the scopes analyst, admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param with_: The venue to compare with, by its exact name. Without it: all others taken together.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/venues/{id}', {'id': id}, {'with': with_, 'asOf': as_of})

    def get_pairings(self, id, *, as_of=None):
        """Get who should meet at a venue.
        
        The half of its people who know fewest of the others, each paired with one of the other half they have no tie
        with yet and something in common: as many pairs as there can be with nobody in two (a maximum matching). The
        id is the venue's exact name, percent-encoded. Of venues with fewer than 5 people nothing is told. Where keys
        are configured, this needs one of the scopes analyst, admin.
        :param id: The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.
        :param as_of: The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.
        """
        return self._ask('GET', '/v1/venues/{id}/pairings', {'id': id}, {'asOf': as_of})
