using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Commands;

/// <summary>Reads what is at a URL, through the proxies that the environment names, to tell its digest.</summary>
internal static class UrlDigest
{
    private const int BufferBytes = 1 << 20;

    /// <summary>How long nothing may come.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <exception cref="FairleadException">Invalid: no such URL; Unavailable: nobody answers, or not whole.</exception>
    public static async Task<string> ReadAsync(string url, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw FairleadException.Invalid($"'{url}' is not a URL with http or https; name a file by '--path'.");
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            using var response = await client.GetAsync(parsed, HttpCompletionOption.ResponseHeadersRead, either.Token);
            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferBytes];
            int read;
            while ((read = await content.ReadAsync(buffer, either.Token)) > 0)
            {
                silence.CancelAfter(Silence);
                hash.AppendData(buffer, 0, read);
            }

            return Digest.FromHash(hash.GetHashAndReset()).ToString();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Unavailable($"Nothing came from '{url}' for {Silence.TotalSeconds:F0} s, so that its digest cannot be told; give it by '--digest', or try again.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw FairleadException.Unavailable($"The digest of what is at '{url}' cannot be told ({e.Message}); give it by '--digest', or correct the URL.", e);
        }
    }
}
