using System.Buffers;
using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.Domain.Services;

namespace Fairlead.Replay.Scoring;

/// <summary>Sends a recorded call to an instance of a command service: method, path, content type and body, without the other headers, which are not recorded.</summary>
internal sealed class InstanceScorer(ReleasedService service, IInstance instance, HttpClient client, TimeProvider time) : IScorer
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    public Signature Signature => service.Signature;

    public async ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken)
    {
        using var request = Read(inputs.Span);
        using var limit = new CancellationTokenSource(service.Limits.Deadline ?? DefaultDeadline, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var answer = await client.SendAsync(request, ending.Token).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(ending.Token).ConfigureAwait(false);
            if ((int)answer.StatusCode >= 400)
                throw FairleadException.Failed($"The command of '{service.Name}' answered with status {(int)answer.StatusCode}.");
            WriteText(outputs, Encoding.UTF8.GetBytes(answer.Content.Headers.ContentType?.ToString() ?? ""));
            WriteNumber(outputs, body.Length);
            WriteText(outputs, body);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Failed($"The command of '{service.Name}' did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            throw instance.Ended.IsCompleted
                ? FairleadException.Unavailable($"The command of '{service.Name}' ended: {await instance.Ended.ConfigureAwait(false)}", e)
                : FairleadException.Failed($"The command of '{service.Name}' broke the connection.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await instance.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await instance.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>In the order of <see cref="CallSignature"/>: method, path, type, bytes, body.</summary>
    private static HttpRequestMessage Read(ReadOnlySpan<byte> inputs)
    {
        var method = Encoding.ASCII.GetString(Text(ref inputs));
        var path = Encoding.UTF8.GetString(Text(ref inputs));
        var type = Encoding.UTF8.GetString(Text(ref inputs));
        TensorBlock.TryRead(ref inputs, out _);
        var body = Text(ref inputs).ToArray();
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body.Length > 0 || type.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            if (MediaTypeHeaderValue.TryParse(type, out var header))
                request.Content.Headers.ContentType = header;
        }

        return request;
    }

    private static ReadOnlySpan<byte> Text(scoped ref ReadOnlySpan<byte> block)
    {
        TensorBlock.TryRead(ref block, out var tensor);
        return tensor.Data.Slice(sizeof(uint), (int)BinaryPrimitives.ReadUInt32LittleEndian(tensor.Data));
    }

    private static void WriteText(IBufferWriter<byte> outputs, ReadOnlySpan<byte> text)
    {
        var header = TensorBlock.HeaderSize(1);
        var size = sizeof(uint) + text.Length;
        var target = outputs.GetSpan(header + size);
        TensorBlock.WriteHeader(target, TensorType.Bytes, [1], size);
        BinaryPrimitives.WriteUInt32LittleEndian(target[header..], (uint)text.Length);
        text.CopyTo(target[(header + sizeof(uint))..]);
        outputs.Advance(header + size);
    }

    private static void WriteNumber(IBufferWriter<byte> outputs, long number)
    {
        var header = TensorBlock.HeaderSize(1);
        var target = outputs.GetSpan(header + sizeof(long));
        TensorBlock.WriteHeader(target, TensorType.Int64, [1], sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(target[header..], number);
        outputs.Advance(header + sizeof(long));
    }
}
