using Fairlead.ProjectFile.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fairlead.ProjectFile.Yaml;

/// <summary>Makes the tree of one YAML document out of the parser's events, with bounds on its depth and on what its aliases unfold to.</summary>
internal sealed class YamlComposer
{
    public const int MaxDepth = 32;
    public const int MaxNodes = 250_000;
    private const string StandardTags = "tag:yaml.org,2002:";

    private readonly IParser parser;
    private readonly ProblemList problems;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);

    private YamlComposer(IParser parser, ProblemList problems)
    {
        this.parser = parser;
        this.problems = problems;
    }

    /// <summary>The root of the document, or null with one problem when the text is no YAML that a project file may use. Keys given twice are problems too; the first counts.</summary>
    public static YamlNode? Compose(string text, ProblemList problems)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlComposer(parser, problems).ComposeDocument();
        }
        catch (YamlRefusedException e)
        {
            problems.Add(e.Place, e.Message);
        }
        catch (YamlException e)
        {
            ReportSyntax(text, e.Start, e.End, e.Message, problems);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser leaves some malformed texts with an ordinary exception; reading a file never throws for what it holds.
            var mark = parser.Current?.End ?? Mark.Empty;
            ReportSyntax(text, mark, mark, e.Message, problems);
        }

        return null;
    }

    private YamlNode? ComposeDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return null;
        parser.Consume<DocumentStart>();
        var root = ComposeNode(0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw new YamlRefusedException(PlaceOf(second.Start), "a second document begins here; a project file holds one, so remove this '---' and what follows");
        parser.Consume<StreamEnd>();
        return root;
    }

    private YamlNode ComposeNode(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var target)
                ? target
                : throw new YamlRefusedException(PlaceOf(alias.Start), $"the alias '*{Quoted.Text(alias.Value.Value)}' refers to no anchor that is complete before it; write the value here");
        }

        if (parser.Current is not NodeEvent start)
            throw new YamlRefusedException(Place.Start, "a value is missing here; write one");
        if (depth >= MaxDepth)
            throw new YamlRefusedException(PlaceOf(start.Start), $"the file nests deeper than {MaxDepth} levels; no key of a project file needs that");
        var isPlainTag = CheckTag(start);
        YamlNode node = start switch
        {
            Scalar => ComposeScalar(isPlainTag),
            SequenceStart => ComposeList(depth),
            _ => ComposeMap(depth),
        };
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = node;
        return node;
    }

    private YamlScalar ComposeScalar(bool isPlainTag)
    {
        var scalar = parser.Consume<Scalar>();
        return new YamlScalar(PlaceOf(scalar.Start), scalar.Value, isPlainTag && scalar.Style == ScalarStyle.Plain);
    }

    private YamlList ComposeList(int depth)
    {
        var place = PlaceOf(parser.Consume<SequenceStart>().Start);
        var items = new List<YamlNode>();
        var weight = 0L;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ComposeNode(depth + 1));
            Weigh(ref weight, items[^1], place);
        }

        return new YamlList(place, items);
    }

    private YamlMap ComposeMap(int depth)
    {
        var place = PlaceOf(parser.Consume<MappingStart>().Start);
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        var weight = 0L;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyPlace = parser.Current is { } current ? PlaceOf(current.Start) : place;
            var key = ComposeNode(depth + 1);
            var value = ComposeNode(depth + 1);
            Weigh(ref weight, value, place);
            if (key is not YamlScalar scalar)
                problems.Add(keyPlace, $"a key must be text, not {key.Kind}; write 'name: value'");
            else if (seen.TryGetValue(scalar.Value, out var first))
                problems.Add(keyPlace, $"the key '{Quoted.Text(scalar.Value)}' is given twice, first in line {first.Line}; remove one");
            else
            {
                seen.Add(scalar.Value, keyPlace);
                entries.Add(new YamlEntry(scalar with { Place = keyPlace }, value));
            }
        }

        return new YamlMap(place, entries);
    }

    private static void Weigh(ref long weight, YamlNode child, Place place)
    {
        weight += 1 + child.Weight;
        if (weight > MaxNodes)
            throw new YamlRefusedException(place, $"the file unfolds to more than {MaxNodes:N0} values; use fewer aliases");
    }

    /// <summary>True when the node's type is the core schema's to decide.</summary>
    private bool CheckTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty)
            return true;
        var tag = node.Tag.Value;
        if (tag is not ("!" or StandardTags + "str" or StandardTags + "seq" or StandardTags + "map"))
            problems.Add(PlaceOf(node.Start), $"the tag '{Quoted.Text(tag.Replace(StandardTags, "!!", StringComparison.Ordinal))}' is not supported; remove it");
        return false;
    }

    private static void ReportSyntax(string text, Mark start, Mark end, string reason, ProblemList problems)
    {
        // The parser notices some tabs from far above them.
        var last = reason.Contains("tab", StringComparison.Ordinal) ? int.MaxValue : (int)end.Line;
        if (LineIndentedByTab(text, (int)start.Line, last) is { } line)
        {
            problems.Add(new Place(line, 1), "a tab indents this line; YAML allows spaces only");
            return;
        }

        var sentence = Quoted.Sentence(reason);
        problems.Add(PlaceOf(start), $"the file is not valid YAML ({sentence}); correct the indentation, quotes or brackets here");
    }

    private static int? LineIndentedByTab(string text, int from, int to)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (++number >= from && number <= to && line[..^line.TrimStart(" \t").Length].Contains('\t'))
                return number;
        }

        return null;
    }

    private static Place PlaceOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
