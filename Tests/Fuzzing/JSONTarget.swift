import Documents

/// JSON: round trips, places, and the cutter of long lists agrees with the reader of whole texts.
enum FuzzTarget {
    static func run(_ bytes: [UInt8]) {
        var input = FuzzInput(bytes)
        let cut = Int(input.byte()) + 1
        let text = Array(input.rest)
        let places = Places(text, .json)
        var whole: Node?
        do throws(Diagnostic) {
            let root = try DocumentParser.json(text)
            places.contain(root)
            expectRoundTrip(root)
            whole = root
        } catch {
            places.contain(error)
        }
        for depth in 1...2 { expectSameList(text, whole, cut: cut, depth: depth) }
    }

    private static func expectRoundTrip(_ root: Node) {
        for style in [DocumentPrinter.JSONStyle.compact, .pretty] {
            let printed = DocumentPrinter.json(root, style: style)
            do throws(Diagnostic) {
                let again = try DocumentParser.json(Array(printed.utf8))
                claim(again == root, "printed otherwise: \(printed)")
                claim(DocumentPrinter.json(again, style: style) == printed, "not canonical: \(printed)")
            } catch {
                fatalError("what was printed cannot be read: \(error)\n\(printed)")
            }
        }
        let sorted = DocumentPrinter.json(root, keys: .sorted)
        do throws(Diagnostic) {
            let again = try DocumentParser.json(Array(sorted.utf8))
            claim(DocumentPrinter.json(again, keys: .sorted) == sorted, "sorting is not stable: \(sorted)")
        } catch {
            fatalError("sorted text cannot be read: \(error)\n\(sorted)")
        }
    }

    /// The list that the scanner cuts out piece by piece is the one in the whole text, and it takes no broken text.
    private static func expectSameList(_ text: [UInt8], _ whole: Node?, cut: Int, depth: Int) {
        var scanner = JSONElementScanner(listDepth: depth)
        var pieces: [[UInt8]] = []
        var envelope: JSONElementScanner.Envelope?
        do throws(Diagnostic) {
            var rest = text[...]
            while !rest.isEmpty {
                pieces += try scanner.feed(rest.prefix(cut))
                rest = rest.dropFirst(cut)
            }
            envelope = try scanner.finish()
        } catch {
            Places(text, .json).contain(error.position.line, error.message)
        }
        guard let envelope else {
            let hasList = whole.map { list(in: $0, depth) != nil } ?? false
            return claim(!hasList, "the scanner finds no list where the reader finds one")
        }
        let isBare = depth == 1 && envelope.listKey == nil
        let deepest = DocumentLimits.reply.depth - (isBare ? 1 : depth + 1)
        let limits = DocumentLimits(bytes: 1 << 23, depth: deepest, nodes: 1_000_000, documents: 1)
        var elements: [Node] = []
        for piece in pieces {
            do throws(Diagnostic) {
                elements.append(try DocumentParser.json(piece, limits: limits))
            } catch {
                return claim(whole == nil, "an element is broken, the whole is not: \(error)")
            }
        }
        guard let whole else { fatalError("every element and the envelope can be read, the whole text cannot") }
        claim(list(in: whole, depth) == elements, "the lists differ")
    }

    /// The list that the scanner is to find in a whole text.
    private static func list(in whole: Node, _ depth: Int) -> [Node]? {
        if depth == 1 { return whole.sequence ?? firstList(in: whole) }
        let inner = whole.sequence ?? whole.mapping?.map(\.node) ?? []
        return inner.lazy.compactMap { firstList(in: $0) }.first
    }

    /// The first value of a mapping that is a list.
    private static func firstList(in node: Node) -> [Node]? {
        node.mapping?.lazy.compactMap(\.node.sequence).first
    }
}

extension Places {
    /// Claims that a line is in the text.
    func contain(_ line: Int32, _ what: String) { claim(line >= 1 && Int(line) <= count, "\(what): line \(line)") }
}
