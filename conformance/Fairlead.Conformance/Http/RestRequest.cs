using System.Text;

namespace Fairlead.Conformance.Http;

/// <summary>A request exactly as it is written: no header is added but <c>Host</c> and <c>Content-Length</c>.</summary>
public sealed record RestRequest
{
    public string Method { get; init; } = "GET";

    /// <summary>With the query; relative to the base URL, beginning with a slash. For an inference request: what follows <c>/infer</c>.</summary>
    public string Path { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Null sends neither a body nor its length.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Sends the body in chunks of 7 bytes, without its length.</summary>
    public bool IsChunked { get; init; }

    public static RestRequest Json(string json) => new RestRequest { Body = Encoding.UTF8.GetBytes(json) }.With("Content-Type", "application/json");

    /// <summary>A JSON header followed by tensors, as the binary tensor data extension has it, with the header's length but no content type.</summary>
    public static RestRequest Binary(string json, params byte[][] tensors)
    {
        var header = Encoding.UTF8.GetBytes(json);
        return new RestRequest { Body = [.. header, .. tensors.SelectMany(tensor => tensor)] }.With("Inference-Header-Content-Length", header.Length.ToString());
    }

    public RestRequest With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public RestRequest Without(string name) => this with { Headers = [.. Headers.Where(header => !header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))] };
}
