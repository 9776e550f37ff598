using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Fairlead.Conformance.Http;

/// <summary>An answer, and what can be asked of it.</summary>
/// <param name="Headers">By name, in any case; several values of one name are joined by a comma.</param>
/// <param name="Body">As it was on the wire.</param>
public sealed record RestAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int LongestExcerpt = 160;
    private const string HeaderLength = "Inference-Header-Content-Length";

    /// <summary>The status is 200.</summary>
    public Verdict IsOk => HasStatus(200);

    /// <summary>It is refused as the client's fault: a status from 400 to 499 and a JSON object whose <c>error</c> is a text.</summary>
    public Verdict IsRefused => Verdict.That(Status is >= 400 and < 500, $"the status is {Status} instead of 4xx: {Excerpt}") && HasError;

    /// <summary>The body is a JSON object whose <c>error</c> is a text that is not empty.</summary>
    public Verdict HasError => Verdict.That(Error.Length > 0, $"the body is no object with a text 'error': {Excerpt}");

    /// <summary>The text of <c>error</c>, empty when there is none.</summary>
    public string Error => At("error") is { ValueKind: JsonValueKind.String } error ? error.GetString()! : "";

    /// <summary>The JSON part of the body: all of it, or as much as its header says.</summary>
    public ReadOnlyMemory<byte> JsonPart => Headers.TryGetValue(HeaderLength, out var text) && int.TryParse(text, out var length) && length >= 0 && length <= Body.Length ? Body.AsMemory(0, length) : Body;

    private string Excerpt
    {
        get
        {
            var text = Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, LongestExcerpt));
            return text.Length == 0 ? "the body is empty" : $"'{text}'";
        }
    }

    public Verdict HasStatus(int status) => Verdict.That(Status == status, $"the status is {Status} instead of {status}: {Excerpt}");

    /// <summary>The error's text holds a text that clients look for.</summary>
    public Verdict ErrorHolds(string text) => Verdict.That(Error.Contains(text, StringComparison.Ordinal), $"the error says '{Error}', without '{text}'");

    public Verdict HasHeader(string name, string value) => Headers.TryGetValue(name, out var found)
        ? Verdict.That(found.Split(';')[0].Trim().Equals(value, StringComparison.OrdinalIgnoreCase), $"the header '{name}' is '{found}' instead of '{value}'")
        : Verdict.Fail($"the header '{name}' is missing");

    /// <summary>What lies at a path is the same JSON: numbers by value, objects in any order.</summary>
    /// <param name="path">Names, or in a list the <c>name</c> of an element or its index, such as <c>outputs/OUTPUT0/data</c>; empty for the whole.</param>
    public Verdict Says(string path, string json)
    {
        if (At(path) is not { } found)
            return Verdict.Fail($"'{path}' is missing: {Excerpt}");
        using var expected = JsonDocument.Parse(json);
        return Verdict.That(JsonComparison.AreSame(found, expected.RootElement), $"'{path}' is {found.GetRawText()} instead of {json}");
    }

    public Verdict Lacks(string path) => Verdict.That(At(path) is null, $"'{path}' is there and should not be: {Excerpt}");

    public Verdict Is(string path, JsonValueKind kind) => At(path) is { } found
        ? Verdict.That(found.ValueKind == kind, $"'{path}' is {found.GetRawText()}, which is no {kind}")
        : Verdict.Fail($"'{path}' is missing: {Excerpt}");

    /// <summary>What lies at a path is a list of so many.</summary>
    public Verdict HasCount(string path, int count) =>
        Is(path, JsonValueKind.Array) && Verdict.Same($"the number of '{path}'", count, At(path)!.Value.GetArrayLength());

    /// <summary>An output in JSON has this datatype, shape and data, flat.</summary>
    public Verdict HasOutput(string name, string datatype, string shape, string data) =>
        Says($"outputs/{name}/datatype", $"\"{datatype}\"")
        && Says($"outputs/{name}/shape", shape)
        && Verdict.That(At($"outputs/{name}/data") is not null, $"the output '{name}' has no data: {Excerpt}")
        && Verdict.That(JsonComparison.Flatten(At($"outputs/{name}/data")!.Value) == JsonComparison.Flatten(data), $"the data of '{name}' is {At($"outputs/{name}/data")} instead of {data}");

    /// <summary>The bytes of a binary output; null when it is missing, not binary or cut off.</summary>
    public byte[]? Binary(string name)
    {
        if (At("outputs") is not { ValueKind: JsonValueKind.Array } outputs)
            return null;
        var offset = JsonPart.Length;
        foreach (var output in outputs.EnumerateArray())
        {
            if (JsonComparison.Find(output, "parameters/binary_data_size") is not { } sized || !sized.TryGetInt32(out var size))
                continue;
            if (size < 0 || offset + size > Body.Length)
                return null;
            if (JsonComparison.Find(output, "name") is { ValueKind: JsonValueKind.String } found && found.GetString() == name)
                return Body[offset..(offset + size)];
            offset += size;
        }

        return null;
    }

    /// <summary>A binary output has this datatype, shape and bytes, and no data in JSON.</summary>
    public Verdict HasBinaryOutput(string name, string datatype, string shape, byte[] bytes) =>
        Says($"outputs/{name}/datatype", $"\"{datatype}\"")
        && Says($"outputs/{name}/shape", shape)
        && Lacks($"outputs/{name}/data")
        && Verdict.That(Headers.ContainsKey(HeaderLength), $"the header '{HeaderLength}' is missing")
        && Verdict.That(Binary(name) is not null, $"the output '{name}' has no 'binary_data_size' that fits the body: {Excerpt}")
        && Verdict.That(Binary(name)!.AsSpan().SequenceEqual(bytes), $"the bytes of '{name}' are {Convert.ToHexString(Binary(name)!)} instead of {Convert.ToHexString(bytes)}");

    /// <summary>The texts of a list; none when there is no such list.</summary>
    public IReadOnlyList<string> Strings(string path) => At(path) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    /// <summary>What lies at a path; null when nothing does or the body is no JSON.</summary>
    public JsonElement? At(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonPart);
            return JsonComparison.Find(document.RootElement, path)?.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same answer with the body as it was before it was compressed.</summary>
    /// <exception cref="InvalidDataException">The body is not what its <c>Content-Encoding</c> says.</exception>
    public RestAnswer Inflate()
    {
        using var body = new MemoryStream(Body);
        using Stream plain = Headers.GetValueOrDefault("Content-Encoding") switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var result = new MemoryStream();
        plain.CopyTo(result);
        return this with { Body = result.ToArray() };
    }
}
