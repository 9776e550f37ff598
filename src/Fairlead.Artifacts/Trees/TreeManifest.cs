using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Trees;

/// <summary>
/// The canonical form of a tree: one JSON document whose bytes follow from the files alone, so that equal folders have equal digests.
/// Members in a fixed order, files sorted by path (ordinal), no white space, control characters, quote and backslash as \uXXXX, all else UTF-8.
/// </summary>
internal static class TreeManifest
{
    public const string MediaType = "application/vnd.fairlead.tree.v1+json";
    private const int TypicalEntry = 192;
    private const int LongestNumber = 20;
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);
    private static readonly byte[] Head = Encoding.UTF8.GetBytes($$"""{"mediaType":"{{MediaType}}","files":[""");

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    public static ReadOnlyMemory<byte> Encode(IReadOnlyList<TreeEntry> entries)
    {
        var text = new ArrayBufferWriter<byte>(Head.Length + Tail.Length + (entries.Count * TypicalEntry));
        text.Write(Head);
        for (var i = 0; i < entries.Count; i++)
            Append(text, entries[i], isFirst: i == 0);
        text.Write(Tail);
        return text.WrittenMemory;
    }

    /// <summary>Reads a manifest that may come from anywhere.</summary>
    /// <exception cref="FairleadException">Damaged when it is not canonical or names a file outside its tree.</exception>
    public static IReadOnlyList<TreeEntry> Decode(ReadOnlySpan<byte> bytes, Digest tree)
    {
        List<TreeEntry> entries;
        try
        {
            entries = Parse(bytes);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new FairleadException(ProblemKind.Damaged, $"The blob '{tree}' is no tree manifest of type '{MediaType}'; put the folder again.", e);
        }

        foreach (var entry in entries)
        {
            if (TreePath.Problem(entry.Path) is { } problem)
                throw FairleadException.Damaged($"The tree '{tree}' names the file '{entry.Path}', which is refused because {problem}; do not use this tree.");
        }

        CheckUnique(entries);
        if (!IsCanonical(entries, bytes))
            throw FairleadException.Damaged($"The tree '{tree}' is not in canonical form; put the folder again.");
        return entries;
    }

    /// <summary>Sorted by path; refuses a path that is there twice, or is both a file and a folder.</summary>
    public static List<TreeEntry> Sort(IEnumerable<TreeEntry> entries)
    {
        var sorted = entries.OrderBy(e => e.Path, StringComparer.Ordinal).ToList();
        CheckUnique(sorted);
        return sorted;
    }

    private static void CheckUnique(List<TreeEntry> entries)
    {
        var files = new HashSet<string>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!files.Add(entry.Path))
                throw Twice(entry);
        }

        var folders = files.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var entry in entries)
        {
            for (var slash = entry.Path.IndexOf('/'); slash > 0; slash = entry.Path.IndexOf('/', slash + 1))
            {
                if (folders.Contains(entry.Path.AsSpan(0, slash)))
                    throw Twice(entry);
            }
        }
    }

    private static FairleadException Twice(TreeEntry entry) =>
        FairleadException.Invalid($"The path '{entry.Path}' is twice in the tree, or below a file of it; name every file once.");

    /// <summary>Compared entry by entry: a tree of many files is not written out a second time to be read.</summary>
    private static bool IsCanonical(List<TreeEntry> entries, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Head))
            return false;
        var rest = bytes[Head.Length..];
        var text = new ArrayBufferWriter<byte>(TypicalEntry);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0 && string.CompareOrdinal(entries[i - 1].Path, entries[i].Path) >= 0)
                return false;
            text.ResetWrittenCount();
            Append(text, entries[i], isFirst: i == 0);
            if (!rest.StartsWith(text.WrittenSpan))
                return false;
            rest = rest[text.WrittenCount..];
        }

        return rest.SequenceEqual(Tail);
    }

    private static List<TreeEntry> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        string? mediaType = null;
        List<TreeEntry>? entries = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("mediaType"u8))
                mediaType = ReadText(ref reader);
            else if (reader.ValueTextEquals("files"u8))
                entries = ParseFiles(ref reader);
            else
                Pass(ref reader);
        }

        if (reader.Read() || mediaType != MediaType)
            throw new FormatException("another media type");
        return entries ?? throw new FormatException("no files");
    }

    private static List<TreeEntry> ParseFiles(ref Utf8JsonReader reader)
    {
        var entries = new List<TreeEntry>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            entries.Add(ParseFile(ref reader));
        return entries;
    }

    private static TreeEntry ParseFile(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("a file is no object");
        string? path = null;
        bool? executable = null;
        long? size = null;
        Digest digest = default;
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("path"u8))
                path = ReadText(ref reader);
            else if (reader.ValueTextEquals("executable"u8))
                executable = reader.Read() && reader.GetBoolean();
            else if (reader.ValueTextEquals("size"u8))
                size = reader.Read() ? reader.GetInt64() : 0;
            else if (reader.ValueTextEquals("digest"u8))
                digest = ReadDigest(ref reader);
            else
                Pass(ref reader);
        }

        return new TreeEntry(
            path ?? throw new FormatException("a file without path"),
            executable ?? throw new FormatException("a file without mode"),
            size ?? throw new FormatException("a file without size"),
            digest.IsSet ? digest : throw new FormatException("a file without digest"));
    }

    private static Digest ReadDigest(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return !reader.ValueIsEscaped && Digest.TryParse(reader.ValueSpan, out var digest) ? digest : Digest.Parse(reader.GetString() ?? "");
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new FormatException($"'{reader.TokenType}' where '{type}' is expected");
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void Append(ArrayBufferWriter<byte> text, TreeEntry entry, bool isFirst)
    {
        text.Write(isFirst ? "{\"path\":\""u8 : ",{\"path\":\""u8);
        AppendEscaped(text, entry.Path);
        text.Write(entry.Executable ? "\",\"executable\":true,\"size\":"u8 : "\",\"executable\":false,\"size\":"u8);
        entry.Size.TryFormat(text.GetSpan(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
        text.Advance(written);
        text.Write(",\"digest\":\""u8);
        entry.Digest.CopyTo(text.GetSpan(Digest.TextLength));
        text.Advance(Digest.TextLength);
        text.Write("\"}"u8);
    }

    private static void AppendEscaped(ArrayBufferWriter<byte> text, string path)
    {
        var rest = path.AsSpan();
        while (rest.IndexOfAny(Escaped) is >= 0 and var next)
        {
            text.Advance(Encoding.UTF8.GetBytes(rest[..next], text.GetSpan(Encoding.UTF8.GetMaxByteCount(next))));
            text.Write(Encoding.ASCII.GetBytes($"\\u{(int)rest[next]:x4}"));
            rest = rest[(next + 1)..];
        }

        text.Advance(Encoding.UTF8.GetBytes(rest, text.GetSpan(Encoding.UTF8.GetMaxByteCount(rest.Length))));
    }
}
