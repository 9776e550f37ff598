using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Registry;

/// <summary>Fetches one blob into a file, goes on after a cut where it was, and checks the digest.</summary>
/// <param name="moved">Gets what has arrived, negative when it is taken back.</param>
internal sealed class RegistryDownload(RegistryHttp http, Digest digest, long size, Action<long> moved)
{
    private const int PieceBytes = 256 << 10;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long offset;

    /// <param name="path">May hold the beginning of the blob, from an earlier time.</param>
    /// <exception cref="FairleadException">NotFound; Damaged: what came is something else; Unavailable: it fails again and again.</exception>
    public async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        ReadBeginning(file, cancellationToken);
        for (var failures = 0; offset < size;)
        {
            var before = offset;
            try
            {
                await ReceiveAsync(file, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (RegistryHttp.IsPassing(e, cancellationToken) && DiskFull.Problem(e, path, size) is null)
            {
                failures = offset > before ? 0 : failures + 1;
                if (failures >= http.Options.Attempts)
                    throw FairleadException.Unavailable($"The blob '{digest}' cannot be fetched from '{http.Options.Address}' now: {e.Message}; try again later, it goes on where it was.", e);
                await http.PauseAsync(failures + 1, null, cancellationToken).ConfigureAwait(false);
            }
        }

        RandomAccess.SetLength(file, size);
        if (Digest.FromHash(hash.GetHashAndReset()) != digest)
        {
            moved(-offset);
            RandomAccess.SetLength(file, 0);
            throw FairleadException.Damaged($"What the registry '{http.Options.Address.Host}' gives as '{digest}' has another digest; push the artifact again from where it is whole.");
        }
    }

    private void ReadBeginning(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var buffer = new byte[FileHash.BufferSize];
        int read;
        while (offset < size && (read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - offset)), offset)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            offset += read;
        }

        moved(offset);
    }

    private async Task ReceiveAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var place = new Uri(http.Options.Address.Root, $"{http.Options.Address.Repository}/blobs/{digest}");
        var from = offset;
        using var answer = await http.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, place);
                if (from > 0)
                    request.Headers.Range = new RangeHeaderValue(from, null);
                return request;
            },
            isPush: false,
            cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.OK && from > 0)
            BeginAgain();
        else if (answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From != from)
            throw new IOException($"the registry answers with another part than the one from {from}");
        else if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            throw await RegistryProblem.OfAsync(answer, http.Options.Address, $"the blob '{digest}'", cancellationToken).ConfigureAwait(false);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(body, file, cancellationToken).ConfigureAwait(false);
        if (offset < size)
            throw new IOException($"the answer ended after {offset} of {size} bytes");
    }

    private async Task CopyAsync(Stream body, SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var limit = http.Limit(cancellationToken);
        var buffer = new byte[PieceBytes];
        int read;
        while (offset < size && (read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, size - offset)), limit.Token).ConfigureAwait(false)) > 0)
        {
            limit.CancelAfter(http.Options.Patience);
            RandomAccess.Write(file, buffer.AsSpan(0, read), offset);
            hash.AppendData(buffer, 0, read);
            offset += read;
            moved(read);
        }
    }

    /// <summary>The registry knows no parts.</summary>
    private void BeginAgain()
    {
        moved(-offset);
        offset = 0;
        hash.GetHashAndReset();
    }
}
