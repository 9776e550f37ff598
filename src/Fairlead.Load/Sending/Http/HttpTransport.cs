using System.Text;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Sending.Http;

/// <summary>
/// REST over HTTP/1.1, one request under way on each connection. Written by hand: the platform's client takes longer for a request than
/// many a service for its answer, and would be measured with it.
/// </summary>
internal sealed class HttpTransport(LoadTarget target) : ILoadTransport
{
    private readonly HttpTarget address = HttpTarget.Of(target.UrlOf("/infer"));
    private readonly ReconnectCounter reconnects = new();

    public long Reconnects => reconnects.Count;

    public LoadRequest Encode(InputBatch batch)
    {
        var body = InferJson.Write(batch);
        var head = new StringBuilder()
            .Append("POST ").Append(address.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(address.Authority)
            .Append("\r\nContent-Type: application/json\r\nContent-Length: ").Append(body.Length);
        Append(head, "Authorization", target.Token is null ? null : "Bearer " + target.Token);
        Append(head, LoadTarget.EnvironmentHeader, target.Environment);
        Append(head, LoadTarget.UnitHeader, batch.Unit);
        byte[] bytes = [.. Encoding.ASCII.GetBytes(head.Append("\r\n\r\n").ToString()), .. body];
        return new LoadRequest(bytes, []);
    }

    public ILoadSlot CreateSlot() => new HttpConnection(address, reconnects);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Append(StringBuilder head, string name, string? value)
    {
        if (value is not null)
            head.Append("\r\n").Append(name).Append(": ").Append(value);
    }
}
