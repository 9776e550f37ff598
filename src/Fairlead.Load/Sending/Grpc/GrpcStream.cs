using Fairlead.Domain.Problems;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;

namespace Fairlead.Load.Sending.Grpc;

/// <summary>Room for one call under way.</summary>
internal sealed class GrpcStream(GrpcChannel channel, LoadTarget target, IReadOnlyList<KeyValuePair<string, string>> metadata) : ILoadSlot
{
    private const string Infer = "/inference.GRPCInferenceService/ModelInfer";
    private const string Live = "/inference.GRPCInferenceService/ServerLive";

    /// <summary>Asks whether the server is live: connects, and leaves no trace in its predictions.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await channel.UnaryAsync(Live, ReadOnlyMemory<byte>.Empty, new GrpcCallOptions { Metadata = metadata }, cancellationToken).ConfigureAwait(false);
        }
        catch (GrpcException e)
        {
            throw FairleadException.Unavailable($"Nothing answers gRPC at {target.Url}: {e.Status.Name()}, {e.Message}", e);
        }
    }

    public async ValueTask<LoadAnswer> SendAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await channel.UnaryAsync(Infer, request.Bytes, new GrpcCallOptions { Metadata = request.Metadata }, cancellationToken).ConfigureAwait(false);
            return new LoadAnswer
            {
                Outcome = LoadOutcome.Succeeded,
                Status = GrpcStatusCode.Ok.Name(),
                ServerGroup = Find(answer, LoadTarget.ServerGroupHeader),
                HasPrediction = Find(answer, LoadTarget.PredictionHeader) is { Length: > 0 },
            };
        }
        catch (GrpcException e) when (e.InnerException is null)
        {
            return new LoadAnswer { Outcome = LoadOutcome.Refused, Status = e.Status.Name(), Message = e.Message };
        }
        catch (GrpcException e)
        {
            // What the server says has no cause on this side.
            return LoadAnswer.Lost(e.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? Find(GrpcAnswer answer, string name) => Find(answer.Headers, name) ?? Find(answer.Trailers, name);

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> pairs, string name)
    {
        foreach (var (key, value) in pairs)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }
}
