using System.Buffers;
using System.Text;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;

namespace Fairlead.Replay.Scoring;

/// <summary>
/// Sends a recorded call of gRPC to an instance of a command service: the message is written from its JSON by the service's contract, and the answer is read
/// by it, as the host does. Metadata is not recorded and not sent.
/// </summary>
internal sealed class GrpcInstanceScorer(ReleasedService service, IInstance instance, GrpcChannel channel, IPayloadWriter writer, IPayloadReader reader, TimeProvider time) : IScorer
{
    public Signature Signature => service.Signature;

    public async ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken)
    {
        var (path, message) = Read(inputs.Span);
        try
        {
            var options = new GrpcCallOptions { Timeout = CallLimits.DeadlineOf(service) };
            var answer = await channel.UnaryAsync(path, message, options, cancellationToken).ConfigureAwait(false);
            CallTensors.WriteText(outputs, Encoding.ASCII.GetBytes(GrpcStatusCode.Ok.Name()));
            CallTensors.WriteNumber(outputs, 1);
            CallTensors.WriteNumber(outputs, answer.Message.Length);
            CallTensors.WriteText(outputs, Body(path, answer.Message.Span));
        }
        catch (GrpcException e) when (e.Status == GrpcStatusCode.DeadlineExceeded)
        {
            throw CallLimits.Late(service);
        }
        catch (GrpcException e) when (e.InnerException is not null && e.Status == GrpcStatusCode.Unavailable)
        {
            throw await CallLimits.BrokenAsync(service, instance, time, e).ConfigureAwait(false);
        }
        catch (GrpcException e)
        {
            throw FairleadException.Failed($"The command of '{service.Name}' answered with {e.Status.Name()}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await instance.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await instance.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>In the order of the signature: method, messages, bytes, body.</summary>
    /// <exception cref="FairleadException">Invalid: no unary method of the contract, or no message of it.</exception>
    private (string Path, byte[] Message) Read(ReadOnlySpan<byte> inputs)
    {
        var path = Encoding.UTF8.GetString(CallTensors.ReadText(ref inputs));
        CallTensors.Skip(ref inputs);
        CallTensors.Skip(ref inputs);
        var body = CallTensors.ReadText(ref inputs);
        if (writer.FindMethod(path) is { IsUnary: false })
            throw FairleadException.Invalid($"'{path}' is a stream, whose messages are not recorded.");
        var message = new ArrayBufferWriter<byte>();
        writer.WriteMessage(path, isRequest: true, body, message);
        return (path, message.WrittenSpan.ToArray());
    }

    /// <summary>As the host records it: what the contract cannot read stays as it is.</summary>
    private ReadOnlySpan<byte> Body(string path, ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
            return message;
        var json = new ArrayBufferWriter<byte>(message.Length);
        return reader.WriteJson(path, isRequest: false, message, json).IsWritten ? json.WrittenSpan : message;
    }
}
