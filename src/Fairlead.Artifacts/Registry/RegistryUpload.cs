using System.Net;
using System.Net.Http.Headers;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Registry;

/// <summary>
/// Brings one blob to a registry. After a cut it goes on where the registry says that it is; a registry that cannot say so gets the
/// blob from the start, in smaller chunks and on fresh connections, so that whatever cuts connections short is passed in the end.
/// </summary>
/// <param name="moved">Gets what was sent, negative when it is taken back.</param>
internal sealed class RegistryUpload(RegistryHttp http, UploadSource source, Action<long> moved)
{
    private const int SmallestChunk = 256 << 10;
    private int chunk = http.Options.ChunkBytes;
    private long counted;

    /// <exception cref="FairleadException">Unavailable: it fails again and again; Unauthenticated or Forbidden; Failed: the registry refuses it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var file = source.Open();
        for (var failures = 0; ;)
        {
            try
            {
                var session = await BeginAsync(cancellationToken).ConfigureAwait(false);
                await SendAsync(file, session, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (RegistryHttp.IsPassing(e, cancellationToken) || e is RegistryCutException)
            {
                moved(-counted);
                // Smaller chunks may pass where these did not.
                var mayPass = counted > 0 && chunk > SmallestChunk;
                counted = 0;
                chunk = Math.Max(SmallestChunk, chunk / 4);
                failures = mayPass ? failures : failures + 1;
                if (failures >= http.Options.Attempts)
                    throw FairleadException.Unavailable($"The blob '{source.Digest}' cannot be pushed to '{http.Options.Address}' now: {e.Message}; try again later, what is there already is not sent again.", e);
                await http.PauseAsync(failures + 1, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<Uri> BeginAsync(CancellationToken cancellationToken)
    {
        var place = new Uri(http.Options.Address.Root, $"{http.Options.Address.Repository}/blobs/uploads/");
        using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, place) { Content = new ByteArrayContent([]) }, isPush: true, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            throw await RefusedAsync(answer, cancellationToken).ConfigureAwait(false);
        return Next(answer, place);
    }

    private async Task SendAsync(SafeFileHandle file, Uri session, CancellationToken cancellationToken)
    {
        var offset = 0L;
        // The last piece, or the only one, goes with the request that ends the upload.
        while (source.Size - offset > chunk)
        {
            try
            {
                var (from, place) = (offset, session);
                using var answer = await PieceAsync(
                    () => new HttpRequestMessage(HttpMethod.Patch, place), file, from, chunk, isLast: false, cancellationToken).ConfigureAwait(false);
                if (answer.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.NoContent or HttpStatusCode.Created))
                    throw await FailedAsync(answer, cancellationToken).ConfigureAwait(false);
                (session, offset) = (Next(answer, session), offset + chunk);
            }
            catch (Exception e) when (RegistryHttp.IsPassing(e, cancellationToken))
            {
                (session, var reached) = await AskAsync(session, e, cancellationToken).ConfigureAwait(false);
                moved(reached - counted);
                (offset, counted) = (reached, reached);
            }
        }

        var end = Ending(session);
        using var last = await PieceAsync(() => new HttpRequestMessage(HttpMethod.Put, end), file, offset, source.Size - offset, isLast: true, cancellationToken).ConfigureAwait(false);
        if (last.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.NoContent))
            throw await FailedAsync(last, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> PieceAsync(Func<HttpRequestMessage> make, SafeFileHandle file, long offset, long length, bool isLast, CancellationToken cancellationToken)
    {
        using var still = http.Limit(cancellationToken);
        return await http.TryAsync(
            () =>
            {
                moved(offset - counted);
                counted = offset;
                var request = make();
                request.Headers.ConnectionClose = chunk < http.Options.ChunkBytes;
                request.Content = new FilePart(file, offset, length, sent =>
                {
                    still.CancelAfter(http.Options.Patience);
                    counted += sent;
                    moved(sent);
                });
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                if (!isLast || offset > 0)
                    request.Content.Headers.TryAddWithoutValidation("Content-Range", $"{offset}-{offset + length - 1}");
                return request;
            },
            isPush: true,
            still.Token).ConfigureAwait(false);
    }

    /// <summary>Where the registry is after a cut.</summary>
    private async Task<(Uri Session, long Offset)> AskAsync(Uri session, Exception cause, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, session), isPush: true, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.NoContent || !answer.Headers.TryGetValues("Range", out var ranges))
            throw new RegistryCutException($"the connection was cut ({cause.Message}), and the registry does not say how far it got");
        var text = ranges.First();
        if (!long.TryParse(text[(text.LastIndexOf('-') + 1)..], out var last) || last < 0 || last >= source.Size)
            throw new RegistryCutException($"the registry says that it got '{text}' of {source.Size} bytes");
        // "0-0" is what registries say of nothing, and of one byte.
        return (Next(answer, session), last == 0 ? 0 : last + 1);
    }

    private Uri Ending(Uri session)
    {
        var query = $"digest={Uri.EscapeDataString(source.Digest.ToString())}";
        return new UriBuilder(session) { Query = session.Query.Length > 1 ? $"{session.Query[1..]}&{query}" : query }.Uri;
    }

    private static Uri Next(HttpResponseMessage answer, Uri place) => answer.Headers.Location is { } location ? new Uri(place, location) : place;

    /// <summary>What may pass is tried again from the start: the registry has lost the upload, or is in trouble.</summary>
    private async Task<Exception> FailedAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestEntityTooLarge or >= HttpStatusCode.InternalServerError
            ? new RegistryCutException($"the registry answers {(int)answer.StatusCode}")
            : await RefusedAsync(answer, cancellationToken).ConfigureAwait(false);

    private Task<FairleadException> RefusedAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        RegistryProblem.OfAsync(answer, http.Options.Address, $"the blob '{source.Digest}'", cancellationToken);
}
