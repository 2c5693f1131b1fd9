// Literals that no script wrote: values from outside take the place of a default.

extension ExpressionKind {
    /// A string without interpolations.
    package static func text(_ text: String, at span: SourceSpan) -> ExpressionKind {
        .string(
            StringLiteral(pieces: text.isEmpty ? [] : [.text(text)], isRaw: true, span: span))
    }

    /// A number with a unit, which reads as at least one of the two.
    package static func unit(
        _ text: String, isDuration: Bool, isQuantity: Bool
    ) -> ExpressionKind {
        .unit(UnitLiteral(text: text, isDuration: isDuration, isQuantity: isQuantity))
    }

    /// A list of these items.
    package static func list(of items: [Expression]) -> ExpressionKind {
        .list(ListLiteral(items: items, isOpen: false))
    }
}
