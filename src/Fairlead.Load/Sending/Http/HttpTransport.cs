using System.Globalization;
using System.Text;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Sending.Http;

/// <summary>
/// HTTP/1.1, one request under way on each connection: REST for models, and what commands take. Written by hand: the platform's client takes
/// longer for a request than many a service for its answer, and would be measured with it.
/// </summary>
/// <param name="url">What a model's requests go to, or what the paths of a command come behind.</param>
internal sealed class HttpTransport(LoadTarget target, Uri url) : ILoadTransport
{
    private readonly HttpTarget address = HttpTarget.Of(url);
    private readonly ReconnectCounter reconnects = new();

    public long Reconnects => reconnects.Count;

    public LoadRequest Encode(InputBatch batch) => Encode("POST", address.PathAndQuery, CommandCall.Json, InferJson.Write(batch), batch.Unit);

    /// <summary>Writes a request to a command, whose path comes behind the transport's URL.</summary>
    public LoadRequest Encode(CommandCall call) => Encode(call.Method, address.PathAndQuery + call.Path, call.ContentType, call.Body, call.Unit);

    public ILoadSlot CreateSlot() => new HttpConnection(address, reconnects);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private LoadRequest Encode(string method, string path, string? contentType, ReadOnlyMemory<byte> body, string? unit)
    {
        var head = new StringBuilder().Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: ").Append(address.Authority);
        Append(head, "Content-Type", contentType);
        // A server may wait for the body of a request that would have one and does not tell how long it is.
        Append(head, "Content-Length", body.IsEmpty && !CallMethod.TakesBody(method) ? null : body.Length.ToString(CultureInfo.InvariantCulture));
        Append(head, "Authorization", target.Token is null ? null : "Bearer " + target.Token);
        Append(head, LoadTarget.EnvironmentHeader, target.Environment);
        Append(head, LoadTarget.UnitHeader, unit);
        byte[] bytes = [.. Encoding.ASCII.GetBytes(head.Append("\r\n\r\n").ToString()), .. body.Span];
        return new LoadRequest(bytes, []) { IsHead = method == CallMethod.Head };
    }

    private static void Append(StringBuilder head, string name, string? value)
    {
        if (value is not null)
            head.Append("\r\n").Append(name).Append(": ").Append(value);
    }
}
