using System.Net.Sockets;

namespace Fairlead.Platforms.Local;

/// <summary>Asks a host whether it answers. Any answer counts, also one that refuses a caller without a token: only a living host gives it.</summary>
internal sealed class HostProbe : IDisposable
{
    private const string StatusPath = "/fairlead/status";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout };

    public async Task<bool> AnswersAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(url.TrimEnd('/') + StatusPath, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return (int)answer.StatusCode < 500;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or UriFormatException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();
}
