import Testing

@testable import Documents

/// Documents, keys, anchors and what is refused.
@Suite struct YAMLStructureTests {
    @Test(arguments: [
        "", "\n", "  \n", "# only a comment\n", "---\n", "---\n---\n", "---\n---", "--- # c\n...\n", "\u{FEFF}",
        "...\n",
        "%YAML 1.2\n---\n",
    ])
    func nothingIsNoDocument(_ text: String) throws {
        #expect(try Reading.yaml(text).isEmpty)
    }

    @Test(arguments: [
        ("null\n", 1), ("~\n", 1), ("''\n", 1), ("--- !!null\n", 1), ("a: 1\n", 1), ("a: 1\n---\n", 1),
        ("---\n---\na: 1\n---\n\n---\nb: 1\n...\n", 2), ("a\n...\n---\nb\n", 2), ("%YAML 1.1\n---\na\n", 1),
        ("%TAG !e! tag:e,2000:\n---\na\n", 1),
    ])
    func documentsWithContentAreCounted(_ text: String, _ count: Int) throws {
        #expect(try Reading.yaml(text).map(\.index) == Array(0..<count))
    }

    @Test func oneBrokenDocumentFailsTheFile() {
        #expect(Reading.complaint("a: 1\n---\nb: [\n---\nc: 1\n", .yaml)?.hasPrefix("4:1: ") == true)
    }

    @Test(arguments: [
        ("1: x", "1"), ("true: x", "true"), ("~: x", "~"), ("1.50: x", "1.50"), ("'': x", ""), ("\"<<\": x", "<<"),
        ("'<<': x", "<<"), ("!!str 1: x", "1"), ("! a: x", "a"), ("? a\n: x", "a"), ("'a b': x", "a b"),
        ("a b: x", "a b"),
        ("no: x", "no"), ("&k a: x", "a"), ("? |\n  a\n: x", "a\n"),
    ])
    func aKeyIsItsText(_ text: String, _ key: String) throws {
        #expect(try Reading.root(text + "\n") == .mapping([(key, Node.string("x"))]))
    }

    @Test(arguments: [
        ("[a]: x", "1:1: a key must be plain text, no list, mapping or alias"),
        ("{a: 1}: x", "1:1: a key must be plain text, no list, mapping or alias"),
        ("- &a 1\n- *a : x", "2:3: a key must be plain text, no list, mapping or alias"),
        ("? - a\n: x", "1:3: a key must be plain text, no list, mapping or alias"),
        ("{: x}", "1:2: the key before this ':' is missing"),
        ("!!int 1: x", "1:1: a key takes no tag but !!str"),
        ("!k a: x", "1:1: a key takes no tag but !!str"),
        (
            "a: &m {b: 1}\nc:\n  <<: *m",
            "3:3: merge keys (<<) are not read; write the members out, or alias a whole value"
        ),
        ("{<<: {a: 1}}", "1:2: merge keys (<<) are not read; write the members out, or alias a whole value"),
    ])
    func otherKeysAreRefused(_ text: String, _ complaint: String) {
        #expect(Reading.complaint(text + "\n", .yaml) == complaint)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "3:1: the key \"a\" already stands on line 1; each key may stand once"),
        ("{a: 1, 'a': 2}\n", "1:8: the key \"a\" already stands on line 1; each key may stand once"),
        ("x:\n  1: a\n  '1': b\n", "3:3: the key \"1\" already stands on line 2; each key may stand once"),
        ("é: 1\ne\u{301}: 2\n", "2:1: the key \"e\u{301}\" already stands on line 1; each key may stand once"),
    ])
    func aKeyTwiceIsRefused(_ text: String, _ complaint: String) {
        #expect(Reading.complaint(text, .yaml) == complaint)
    }

    /// Small mappings are compared pair by pair, large ones by hashing: both must see every pair.
    @Test(arguments: [2, 3, 11, 12, 13, 14, 40])
    func aKeyTwiceIsSeenInMappingsOfEverySize(_ size: Int) throws {
        for first in 0..<size {
            for second in (first + 1)..<max(size, first + 1) {
                var keys = (0..<size).map { "k\($0)" }
                #expect(DuplicateKey(in: keys.map { Node.Member($0, nil) }) == nil)
                keys[second] = keys[first]
                let members = keys.enumerated().map { index, key in
                    Node.Member(key, at: Position(line: Int32(index + 1), column: 1), nil)
                }
                let found = try #require(DuplicateKey(in: members)).diagnostic(file: "a")
                #expect(found.position.line == Int32(second + 1))
                #expect(found.message.contains("line \(first + 1);"))
            }
        }
    }

    @Test(arguments: [
        ("- &a 1\n- *a\n", "[1,1]"), ("a: &x {k: [1]}\nb: *x\n", #"{"a":{"k":[1]},"b":{"k":[1]}}"#),
        ("- &a 1\n- *a\n- &a 2\n- *a\n", "[1,1,2,2]"), ("&k key: 1\nb: *k\n", #"{"key":1,"b":"key"}"#),
        ("- &a\n- *a\n", "[null,null]"), ("- &a []\n- &b [*a, *a]\n- *b\n", "[[],[[],[]],[[],[]]]"),
        ("- &a '1'\n- *a\n", #"["1","1"]"#),
    ])
    func anAliasIsTheValueThatItNames(_ text: String, _ json: String) throws {
        #expect(DocumentPrinter.json(try Reading.root(text)) == json)
    }

    @Test(arguments: [
        ("- *a\n", "1:3: no anchor &a stands before the alias *a in this document"),
        ("- *a\n- &a 1\n", "1:3: no anchor &a stands before the alias *a in this document"),
        ("&a 1\n---\n*a\n", "3:1: no anchor &a stands before the alias *a in this document"),
        ("*a\n", "1:1: no anchor &a stands before the alias *a in this document"),
        ("&a [*a]\n", "1:5: the alias *a stands inside the value that it names"),
        ("&a {k: {l: [*a]}}\n", "1:13: the alias *a stands inside the value that it names"),
        ("- &a 1\n- &a [*a]\n", "2:7: the alias *a stands inside the value that it names"),
    ])
    func anAliasToNothingIsRefused(_ text: String, _ complaint: String) {
        #expect(Reading.complaint(text, .yaml) == complaint)
    }
}
