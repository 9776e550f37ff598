using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fairlead.ProjectFile.Editing;

/// <summary>Finds where the values of a text are written that has been read before, so that its bounds and its syntax are known to be good.</summary>
internal sealed class SpanComposer
{
    private readonly string text;
    private readonly Parser parser;

    private SpanComposer(string text)
    {
        this.text = text;
        parser = new Parser(new StringReader(text));
    }

    public static SpanNode Compose(string text)
    {
        var composer = new SpanComposer(text);
        composer.parser.Consume<StreamStart>();
        composer.parser.Consume<DocumentStart>();
        return composer.ComposeNode(0);
    }

    /// <param name="after">Where the last thing before it ends: a value that is not written stands there.</param>
    private SpanNode ComposeNode(int after)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return new SpanNode { Span = SpanOf(alias.Start, alias.End), IsInline = true, IsAnchored = true };
        var isAnchored = parser.Current is NodeEvent { Anchor.IsEmpty: false };
        return parser.Current switch
        {
            MappingStart => ComposeMap(isAnchored),
            SequenceStart => ComposeList(isAnchored),
            _ => ComposeScalar(isAnchored, after),
        };
    }

    private SpanNode ComposeScalar(bool isAnchored, int after)
    {
        var scalar = parser.Consume<Scalar>();
        var span = SpanOf(scalar.Start, scalar.End);
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        // The parser places what is not written where the next thing begins.
        if (scalar.Style == ScalarStyle.Plain && scalar.Value.Length == 0 && !isAnchored)
            span = new Span(after, after);
        return new SpanNode { Span = isBlock ? Trim(span) : span, IsInline = !isBlock, IsAnchored = isAnchored };
    }

    private SpanNode ComposeList(bool isAnchored)
    {
        var start = parser.Consume<SequenceStart>();
        var last = (int)start.Start.Index;
        while (!parser.Accept<SequenceEnd>(out _))
            last = ComposeNode(last).Span.End;
        parser.Consume<SequenceEnd>();
        var isFlow = start.Style == SequenceStyle.Flow;
        return new SpanNode { Span = isFlow ? Closed(start.Start, ']', last) : new Span((int)start.Start.Index, last), IsInline = isFlow, IsAnchored = isAnchored };
    }

    private SpanNode ComposeMap(bool isAnchored)
    {
        var start = parser.Consume<MappingStart>();
        var last = (int)start.Start.Index;
        var entries = new List<SpanEntry>();
        while (!parser.Accept<MappingEnd>(out _))
        {
            var key = parser.Current as Scalar;
            var keySpan = ComposeNode(last).Span;
            var colon = text.IndexOf(':', keySpan.End);
            var value = ComposeNode(colon < 0 ? keySpan.End : colon + 1);
            entries.Add(new SpanEntry(key?.Value ?? "", keySpan, value));
            last = value.Span.End;
        }

        parser.Consume<MappingEnd>();
        var isFlow = start.Style == MappingStyle.Flow;
        return new SpanNode { Span = isFlow ? Closed(start.Start, '}', last) : new Span((int)start.Start.Index, last), IsInline = isFlow, IsAnchored = isAnchored, Entries = entries };
    }

    /// <summary>Up to the bracket, which the parser does not place; before it are only blanks, commas and comments.</summary>
    private Span Closed(Mark start, char bracket, int last)
    {
        var end = Math.Max(last, (int)start.Index + 1);
        while (text[end] != bracket)
            end = text[end] == '#' ? text.IndexOf('\n', end) : end + 1;
        return new Span((int)start.Index, end + 1);
    }

    private Span Trim(Span span)
    {
        var end = Math.Min(span.End, text.Length);
        while (end > span.Start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return span with { End = end };
    }

    private static Span SpanOf(Mark start, Mark end) => new((int)start.Index, (int)end.Index);
}
