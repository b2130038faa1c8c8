import Documents
import Testing

/// Nodes written in code, and looked into.
@Suite struct NodeTests {
    @Test func literalsMakeNodes() {
        #expect(("a" as Node).value == .string("a"))
        #expect((7 as Node).value == .integer(7))
        #expect((true as Node).value == .bool(true))
        #expect((1.5 as Node).value == .number(1.5, text: "1.5"))
        #expect(([1, "a", nil] as Node).value == .sequence([Node(.integer(1)), Node(.string("a")), Node(.null)]))
        #expect((nil as Node).isNull)
        #expect(Node.mapping(["b": 1, "a": 2]).mapping?.map(\.key) == ["b", "a"])
    }

    @Test func nilMembersAreDropped() {
        let absent: Node? = nil
        let node = Node.mapping(droppingNil: ["a": 1, "b": absent, "c": nil, "d": .null])
        #expect(DocumentPrinter.json(node) == #"{"a":1,"d":null}"#)
    }

    @Test func largeIntegersKeepTheirDigits() {
        #expect(Node.integer(UInt64.max).value == .number(Double(UInt64.max), text: "18446744073709551615"))
        #expect(DocumentPrinter.json(.integer(UInt64.max)) == "18446744073709551615")
        #expect(Node.integer(UInt8(3)) == 3)
        #expect(Node.integer(Int64.min).integer == .min)
    }

    @Test func lookingInside() {
        let node = Node.mapping(["i": 1, "n": 1.5, "b": true, "s": "x", "l": [1], "z": nil])
        #expect(node["i"]?.integer == 1 && node["i"]?.number == 1)
        #expect(node["n"]?.number == 1.5 && node["n"]?.integer == nil)
        #expect(node["b"]?.bool == true && node["b"]?.number == nil)
        #expect(node["s"]?.string == "x" && node["s"]?.bool == nil && node["s"]?["s"] == .none)
        #expect(node["l"]?.sequence?.count == 1 && node["l"]?.mapping == nil)
        #expect(node["z"]?.isNull == true && node["s"]?.isNull == false)
        #expect(node["none"] == .none)
        let kinds = ["a whole number", "a number", "true or false", "text", "a list", "null"]
        #expect(node.mapping?.map(\.node.kind) == kinds)
        #expect(node.kind == "a mapping")
    }

    @Test func placesDoNotCountForEquality() {
        #expect(Node(.integer(1), at: Position(line: 9, column: 9)) == 1)
        #expect(Node.Member("a", at: Position(line: 9, column: 9), 1) == Node.Member("a", 1))
        #expect(Node.mapping(["a": 1, "b": 2]) != .mapping(["b": 2, "a": 1]))
        #expect(Node.string("1") != 1)
    }

    @Test func aKeyTwiceTraps() async {
        await #expect(processExitsWith: .failure) { _ = Node.mapping(["a": 1, "a": 2]) }
    }
}
