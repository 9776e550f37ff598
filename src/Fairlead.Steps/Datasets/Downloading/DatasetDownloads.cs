using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Datasets.Downloading;

/// <summary>
/// Fetches datasets from URLs, each once: through the proxies that the environment names, going on where it was cut off, and taking nothing that has another digest than
/// the project file says.
/// </summary>
internal sealed class DatasetDownloads(StateFolder state, IArtifactStore store, TimeProvider time)
{
    private const int MostAttempts = 5;
    private const int MostRedirects = 10;
    private const int BufferBytes = 1 << 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may come.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly KeyLocks locks = new();

    /// <summary>The URL without name and password, for people and records.</summary>
    public static string Shown(DatasetDefinition dataset)
    {
        var url = dataset.Url!;
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length > 0 ? url.Replace(parsed.UserInfo + "@", "", StringComparison.Ordinal) : url;
    }

    /// <summary>The data if it was fetched before.</summary>
    public ArtifactRef? Find(DatasetDefinition dataset)
    {
        var digest = dataset.Digest!.Value;
        try
        {
            return new ArtifactRef(ArtifactKind.Blob, digest, new FileInfo(store.PathOf(digest)).Length);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            return null;
        }
    }

    /// <exception cref="FairleadException">Unavailable: the server does not answer, or not whole; Failed: it refuses, or has other data; Exhausted: the disk is full.</exception>
    public async Task<ArtifactRef> FetchAsync(DatasetDefinition dataset, CancellationToken cancellationToken)
    {
        var digest = dataset.Digest!.Value;
        using var held = await locks.AcquireAsync(digest.Hex, cancellationToken);
        if (Find(dataset) is { } fetched)
            return fetched;
        Directory.CreateDirectory(state.Downloads);
        var part = Path.Combine(state.Downloads, digest.Hex);
        using var client = Connect(dataset);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await FetchAsync(client, dataset, part, cancellationToken);
                break;
            }
            catch (FairleadException e) when (e.IsRetryable && attempt < MostAttempts)
            {
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, cancellationToken);
            }
        }

        return await TakeAsync(dataset, digest, part, cancellationToken);
    }

    private static HttpClient Connect(DatasetDefinition dataset)
    {
        var handler = new SocketsHttpHandler { MaxAutomaticRedirections = MostRedirects, ConnectTimeout = Silence };
        var client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("fairlead", null));
        if (new Uri(dataset.Url!).UserInfo is { Length: > 0 } user)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        return client;
    }

    /// <summary>Fetches what is missing of the part.</summary>
    private async Task FetchAsync(HttpClient client, DatasetDefinition dataset, string part, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, BufferBytes);
            using var request = new HttpRequestMessage(HttpMethod.Get, dataset.Url);
            if (file.Length > 0)
                request.Headers.Range = new RangeHeaderValue(file.Length, null);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (Continue(dataset, response, file))
                await CopyAsync(response, file, silence, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Unavailable($"Nothing came from '{Shown(dataset)}' for {Silence.TotalSeconds:F0} s, where the dataset '{dataset.Name}' is; try again, and what was fetched is kept.");
        }
        catch (HttpRequestException e)
        {
            throw FairleadException.Unavailable($"The dataset '{dataset.Name}' could not be fetched from '{Shown(dataset)}' ({e.Message}); see whether the URL and the proxy are right, and try again.", e);
        }
        catch (UriFormatException)
        {
            throw FairleadException.Failed($"'{Shown(dataset)}', where the dataset '{dataset.Name}' is, leads to what is no URL with http or https; correct `url`.");
        }
        catch (IOException e) when (e is not HttpIOException && IsDiskFull(e))
        {
            File.Delete(part);
            throw new FairleadException(ProblemKind.Exhausted, $"The disk is full, so that the dataset '{dataset.Name}' could not be fetched; make room below '{StateFolder.Name}' and try again.", e);
        }
        catch (IOException e)
        {
            throw FairleadException.Unavailable($"The connection to '{Shown(dataset)}' broke while the dataset '{dataset.Name}' was fetched ({e.Message}); try again, and it goes on from there.", e);
        }
    }

    /// <summary>Prepares the part for what the answer holds.</summary>
    /// <returns>False when all is there already.</returns>
    private static bool Continue(DatasetDefinition dataset, HttpResponseMessage response, FileStream file)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == file.Length:
                file.Seek(0, SeekOrigin.End);
                return true;
            case HttpStatusCode.PartialContent:
            case HttpStatusCode.OK:
                file.SetLength(0);
                return response.StatusCode == HttpStatusCode.OK
                    ? true
                    : throw FairleadException.Unavailable($"'{Shown(dataset)}' answered with another part of the data than was asked for; try again.");
            case HttpStatusCode.RequestedRangeNotSatisfiable when response.Content.Headers.ContentRange?.Length == file.Length:
                return false;
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                file.SetLength(0);
                throw FairleadException.Unavailable($"'{Shown(dataset)}' refuses to go on where it was cut off; it is fetched anew the next time.");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw FairleadException.Unavailable($"'{Shown(dataset)}', where the dataset '{dataset.Name}' is, answered {(int)response.StatusCode} {response.ReasonPhrase}; try again later.");
            default:
                throw FairleadException.Failed($"'{Shown(dataset)}', where the dataset '{dataset.Name}' is, answered {(int)response.StatusCode} {response.ReasonPhrase}; correct `url`.");
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, FileStream file, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            silence.CancelAfter(Silence);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await file.FlushAsync(cancellationToken);
    }

    private async Task<ArtifactRef> TakeAsync(DatasetDefinition dataset, Digest expected, string part, CancellationToken cancellationToken)
    {
        Digest found;
        await using (var content = File.OpenRead(part))
            found = Digest.FromHash(await SHA256.HashDataAsync(content, cancellationToken));
        if (found != expected)
        {
            File.Delete(part);
            throw FairleadException.Failed($"The data at '{Shown(dataset)}' has the digest '{found}', and the project file says '{expected}' for the dataset '{dataset.Name}'; if the new data is meant, write its digest there.");
        }

        var artifact = await store.PutAsync(part, cancellationToken);
        File.Delete(part);
        return artifact;
    }

    /// <summary>ENOSPC or EDQUOT.</summary>
    private static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) is 28 or 122;
}
