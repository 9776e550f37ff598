namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>A connection over HTTP/2 whose frames the test writes by hand, and what comes back on it.</summary>
internal sealed class Http2Wire : IDisposable
{
    private readonly Wire wire;
    private readonly byte[] buffer = new byte[32 * 1024];

    private Http2Wire(Wire wire) => this.wire = wire;

    public Http2Answers Answers { get; } = new();

    public int? GoAway => Answers.GoAway;

    public static async Task<Http2Wire> OpenAsync(int port) => new(await Wire.OpenAsync(port));

    public StreamAnswer Of(int stream) => Answers.Of(stream);

    public Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes) => wire.TrySendAsync(bytes);

    public void EndSending() => wire.EndSending();

    /// <summary>Reads until it is as wanted; false when the connection ended first.</summary>
    public async Task<bool> ReadUntilAsync(Func<Http2Wire, bool> isAsWanted)
    {
        while (!isAsWanted(this))
        {
            var count = await wire.ReadAsync(buffer);
            if (count == 0)
                return false;
            Answers.Add(buffer.AsSpan(0, count));
        }

        return true;
    }

    /// <summary>Reads until the server has closed the connection.</summary>
    public Task ReadToEndAsync() => ReadUntilAsync(_ => false);

    public void Dispose() => wire.Dispose();
}
