using System.Text.Json;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Where JSON differs. The order of members and the spelling of numbers are none of it.</summary>
internal static class JsonRows
{
    private const long LargestDocument = 64L << 20;
    private static readonly DifferingRow Same = new(null, null, null, null);

    /// <exception cref="InvalidDataException">One of them is no JSON, or a document too large.</exception>
    public static DifferingRow FindInDocuments(string recorded, string rebuilt)
    {
        using var then = ReadDocument(recorded);
        using var now = ReadDocument(rebuilt);
        if (then.RootElement.ValueKind != JsonValueKind.Array || now.RootElement.ValueKind != JsonValueKind.Array)
            return Find(null, then.RootElement, now.RootElement) ?? Same;
        var (left, right) = (then.RootElement.EnumerateArray(), now.RootElement.EnumerateArray());
        for (var row = 1L; ; row++)
        {
            JsonElement? one = left.MoveNext() ? left.Current : null, other = right.MoveNext() ? right.Current : null;
            if (one is null && other is null)
                return Same;
            if (one is not { } before || other is not { } after)
                return new DifferingRow(row, null, one?.GetRawText(), other?.GetRawText());
            if (Find(row, before, after) is { } difference)
                return difference;
        }
    }

    /// <exception cref="InvalidDataException">A line that differs is no JSON.</exception>
    public static DifferingRow FindInLines(string recorded, string rebuilt, CancellationToken cancellationToken)
    {
        using var left = new StreamReader(recorded);
        using var right = new StreamReader(rebuilt);
        for (var row = 1L; ; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? then = NextLine(left), now = NextLine(right);
            if (then is null && now is null)
                return Same;
            if (then == now)
                continue;
            if (then is null || now is null)
                return new DifferingRow(row, null, then, now);
            using var before = Parse(then);
            using var after = Parse(now);
            if (Find(row, before.RootElement, after.RootElement) is { } difference)
                return difference;
        }
    }

    private static DifferingRow? Find(long? row, JsonElement then, JsonElement now)
    {
        if (JsonElement.DeepEquals(then, now))
            return null;
        var path = "";
        while (Step(then, now) is { } step)
        {
            path += step.Name;
            if (step.Then is not { } before || step.Now is not { } after)
                return new DifferingRow(row, path.TrimStart('.'), step.Then?.GetRawText(), step.Now?.GetRawText());
            (then, now) = (before, after);
        }

        return new DifferingRow(row, path.Length == 0 ? null : path.TrimStart('.'), then.GetRawText(), now.GetRawText());
    }

    /// <summary>The first member or element that differs; null when these are no two objects or arrays.</summary>
    private static (string Name, JsonElement? Then, JsonElement? Now)? Step(JsonElement then, JsonElement now)
    {
        if (then.ValueKind != now.ValueKind)
            return null;
        if (then.ValueKind == JsonValueKind.Array)
        {
            for (var i = 0; i < Math.Max(then.GetArrayLength(), now.GetArrayLength()); i++)
            {
                JsonElement? before = i < then.GetArrayLength() ? then[i] : null, after = i < now.GetArrayLength() ? now[i] : null;
                if (before is null || after is null || !JsonElement.DeepEquals(before.Value, after.Value))
                    return ($"[{i}]", before, after);
            }
        }

        if (then.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in then.EnumerateObject().Concat(now.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
        {
            JsonElement? before = then.TryGetProperty(name, out var one) ? one : null, after = now.TryGetProperty(name, out var other) ? other : null;
            if (before is null || after is null || !JsonElement.DeepEquals(one, other))
                return ($".{name}", before, after);
        }

        return null;
    }

    private static string? NextLine(StreamReader reader)
    {
        string? line;
        do
            line = reader.ReadLine();
        while (line is { Length: 0 });
        return line;
    }

    private static JsonDocument ReadDocument(string path) =>
        new FileInfo(path).Length <= LargestDocument ? Parse(File.ReadAllText(path)) : throw new InvalidDataException("The document is too large.");

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
