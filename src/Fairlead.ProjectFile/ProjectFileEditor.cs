using System.Text.Json.Nodes;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Editing;

namespace Fairlead.ProjectFile;

/// <summary>Changes one value in the text of a project file and leaves every other character as it is: comments, layout, order.</summary>
public static class ProjectFileEditor
{
    private const int Indent = 2;
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Sets the value at a path of keys, such as <c>steps</c>, <c>train</c>, <c>params</c>, <c>l2</c>. What of the path is missing is added at the end of the map that lacks it.</summary>
    /// <param name="value">Written on one line, whatever stood there before.</param>
    /// <exception cref="FairleadException">Invalid: the text is no YAML, something on the path is no map, or the value is shared by an alias and must be changed by hand.</exception>
    public static string Set(string text, IReadOnlyList<string> path, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfZero(path.Count);
        if (text.StartsWith(ByteOrderMark))
            return ByteOrderMark + Set(text[1..], path, value);
        var (before, problems) = YamlDocument.Read(text);
        if (before is not JsonObject root)
            throw FairleadException.Invalid(problems.Count > 0 ? $"The project file cannot be changed: {problems[0]}" : "The project file cannot be changed: it is empty.");
        var expected = root.DeepClone().AsObject();
        Apply(expected, path, value?.DeepClone());
        var changed = new Edit(text, path, value).Apply(SpanComposer.Compose(text));
        // What cannot be done in place, such as a change of what an alias repeats, shows here and nowhere else.
        return JsonNode.DeepEquals(YamlDocument.Read(changed).Root, expected)
            ? changed
            : throw FairleadException.Invalid($"The value '{string.Join('.', path)}' of the project file cannot be set without changing others, as by an alias; edit the file by hand.");
    }

    private static void Apply(JsonObject root, IReadOnlyList<string> path, JsonNode? value)
    {
        for (var depth = 0; depth < path.Count - 1; depth++)
        {
            root[path[depth]] ??= new JsonObject();
            root = root[path[depth]] as JsonObject
                ?? throw FairleadException.Invalid($"The value '{string.Join('.', path.Take(depth + 1))}' of the project file is no map, so that '{path[depth + 1]}' cannot be set in it.");
        }

        root[path[^1]] = value;
    }

    private sealed class Edit(string text, IReadOnlyList<string> path, JsonNode? value)
    {
        private readonly string newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

        public string Apply(SpanNode root)
        {
            var node = root;
            for (var depth = 0; depth < path.Count; depth++)
            {
                if (node.Entries!.FirstOrDefault(entry => entry.Key == path[depth]) is not { } found)
                    return Insert(node, depth);
                if (found.Value.IsAnchored)
                    throw FairleadException.Invalid($"The value '{string.Join('.', path.Take(depth + 1))}' of the project file is shared by an alias; edit the file by hand.");
                if (depth == path.Count - 1)
                    return Replace(found);
                // `key:` or `key: null`: a map begins there.
                if (found.Value.Entries is null)
                    return Begin(found, depth + 1);
                node = found.Value;
            }

            throw new InvalidOperationException("The path has no end.");
        }

        private string Replace(SpanEntry entry)
        {
            var written = FlowText.Of(value);
            if (entry.Value.IsInline && !entry.Value.IsEmpty)
                return Splice(entry.Value.Span, written);
            return Splice(new Span(AfterColon(entry), entry.Value.Span.End), " " + written);
        }

        private string Insert(SpanNode map, int depth)
        {
            if (map.IsInline)
            {
                var written = $"{FlowText.Text(path[depth])}: {FlowText.Of(Nested(depth + 1))}";
                return map.Entries!.Count == 0
                    ? Splice(map.Span, $"{{ {written} }}")
                    : Splice(new Span(map.Entries[^1].Value.Span.End, map.Entries[^1].Value.Span.End), $", {written}");
            }

            var indent = Column(map.Entries![0].KeySpan.Start);
            var end = EndOfLine(map.Span.End);
            return Splice(new Span(end, end), Lines(depth, indent));
        }

        private string Begin(SpanEntry entry, int depth)
        {
            var indent = Column(entry.KeySpan.Start) + Indent;
            // Within braces there are no lines to add.
            if (text.AsSpan(LineStart(entry.KeySpan.Start), Column(entry.KeySpan.Start)).ContainsAnyExcept(' '))
                return Splice(new Span(AfterColon(entry), entry.Value.Span.End), " " + FlowText.Of(Nested(depth)));
            var without = text.Remove(AfterColon(entry), entry.Value.Span.End - AfterColon(entry));
            var end = without.IndexOf(newLine, AfterColon(entry), StringComparison.Ordinal);
            return without.Insert(end < 0 ? without.Length : end, Lines(depth, indent));
        }

        /// <summary>The path from a depth on in block style, the value at its end on the last line.</summary>
        private string Lines(int depth, int indent)
        {
            var lines = "";
            for (var at = depth; at < path.Count; at++, indent += Indent)
                lines += $"{newLine}{new string(' ', indent)}{FlowText.Text(path[at])}:{(at == path.Count - 1 ? " " + FlowText.Of(value) : "")}";
            return lines;
        }

        private JsonNode? Nested(int depth)
        {
            var nested = value?.DeepClone();
            for (var at = path.Count - 1; at >= depth; at--)
                nested = new JsonObject { [path[at]] = nested };
            return nested;
        }

        private int AfterColon(SpanEntry entry) => text.IndexOf(':', entry.KeySpan.End) + 1;

        private int EndOfLine(int from)
        {
            var end = text.IndexOf(newLine, from, StringComparison.Ordinal);
            return end < 0 ? text.Length : end;
        }

        private int LineStart(int index) => index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;

        private int Column(int index) => index - LineStart(index);

        private string Splice(Span span, string written) => string.Concat(text.AsSpan(0, span.Start), written, text.AsSpan(span.End));
    }
}
