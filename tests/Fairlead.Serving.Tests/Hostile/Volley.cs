namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Many connections at once, of whose bytes each may be anything.</summary>
internal static class Volley
{
    /// <summary>
    /// Sends each to a connection of its own, and gives back what came until the server closed it. Between sending and the end of sending, at which
    /// the server drops what is under way, lies a request of somebody else: time for the answers.
    /// </summary>
    public static async Task<byte[][]> SendAsync(HostileHost hostile, IReadOnlyList<byte[]> all)
    {
        var wires = new List<Wire>(all.Count);
        try
        {
            foreach (var bytes in all)
            {
                var wire = await Wire.OpenAsync(hostile.Port);
                wires.Add(wire);
                await wire.TrySendAsync(bytes);
            }

            await hostile.AssertServesAsync();
            wires.ForEach(wire => wire.EndSending());
            return await Task.WhenAll(wires.Select(wire => wire.ReadToEndAsync()));
        }
        finally
        {
            wires.ForEach(wire => wire.Dispose());
        }
    }
}
