using System.Text;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A request for HTTP/1.1.</summary>
/// <param name="Path">With its query, as it goes over the wire.</param>
internal sealed record HttpCase(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>As it goes over the wire, its length announced rightly.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder().Append(Method).Append(' ').Append(Path).Append(" HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (Body.Length > 0 || Method == "POST")
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }
}
