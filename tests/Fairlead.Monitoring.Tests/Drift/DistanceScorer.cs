using System.Buffers;
using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;

namespace Fairlead.Monitoring.Tests.Drift;

/// <summary>A model that answers a thousandth of the distance.</summary>
internal sealed class DistanceScorer(Signature signature) : IScorer, IScorerFactory
{
    public Signature Signature => signature;

    /// <summary>Thrown when it is opened, while it is set.</summary>
    public Exception? Failure { get; set; }

    public Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken) =>
        Failure is { } failure ? Task.FromException<IScorer>(failure) : Task.FromResult<IScorer>(this);

    public ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken)
    {
        var rest = inputs.Span;
        var place = signature.Inputs.ToList().FindIndex(input => input.Name == "distance");
        var distances = new float[rows];
        for (var i = 0; TensorBlock.TryRead(ref rest, out var tensor); i++)
        {
            for (var row = 0; i == place && row < rows; row++)
                distances[row] = BinaryPrimitives.ReadSingleLittleEndian(tensor.Data[(row * sizeof(float))..]);
        }

        var span = outputs.GetSpan(TensorBlock.HeaderSize(2) + (rows * sizeof(float)));
        var header = TensorBlock.WriteHeader(span, TensorType.Float32, [rows, 1], rows * sizeof(float));
        for (var row = 0; row < rows; row++)
            BinaryPrimitives.WriteSingleLittleEndian(span[(header + (row * sizeof(float)))..], distances[row] / 1000);
        outputs.Advance(header + (rows * sizeof(float)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
