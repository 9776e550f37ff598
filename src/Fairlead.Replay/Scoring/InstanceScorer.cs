using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;

namespace Fairlead.Replay.Scoring;

/// <summary>Sends a recorded call to an instance of a command service: method, path, content type and body, without the other headers, which are not recorded.</summary>
internal sealed class InstanceScorer(ReleasedService service, IInstance instance, HttpClient client, TimeProvider time) : IScorer
{
    public Signature Signature => service.Signature;

    public async ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken)
    {
        using var request = Read(inputs.Span);
        using var limit = new CancellationTokenSource(CallLimits.DeadlineOf(service), time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var answer = await client.SendAsync(request, ending.Token).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(ending.Token).ConfigureAwait(false);
            if ((int)answer.StatusCode >= 400)
                throw FairleadException.Failed($"The command of '{service.Name}' answered with status {(int)answer.StatusCode}.");
            CallTensors.WriteText(outputs, Encoding.UTF8.GetBytes(answer.Content.Headers.ContentType?.ToString() ?? ""));
            CallTensors.WriteNumber(outputs, body.Length);
            CallTensors.WriteText(outputs, body);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw CallLimits.Late(service);
        }
        catch (HttpRequestException e)
        {
            throw await CallLimits.BrokenAsync(service, instance, time, e).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await instance.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await instance.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>In the order of the signature: method, path, type, bytes, body.</summary>
    private static HttpRequestMessage Read(ReadOnlySpan<byte> inputs)
    {
        var method = Encoding.ASCII.GetString(CallTensors.ReadText(ref inputs));
        var path = Encoding.UTF8.GetString(CallTensors.ReadText(ref inputs));
        var type = Encoding.UTF8.GetString(CallTensors.ReadText(ref inputs));
        CallTensors.Skip(ref inputs);
        var body = CallTensors.ReadText(ref inputs).ToArray();
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body.Length > 0 || type.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            if (MediaTypeHeaderValue.TryParse(type, out var header))
                request.Content.Headers.ContentType = header;
        }

        return request;
    }
}
