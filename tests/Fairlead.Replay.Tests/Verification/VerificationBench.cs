using System.Buffers.Binary;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Predictions.Keeping;
using Fairlead.Replay.Tests.Running;
using Fairlead.Replay.Verification;

namespace Fairlead.Replay.Tests.Verification;

/// <summary>A bench whose predictions have a server group in the catalog.</summary>
internal sealed class VerificationBench : IAsyncDisposable
{
    public Bench Inner { get; } = new();

    public VerificationCatalog Verifications => new(Inner.Catalog.Records);

    public PredictionVerifier Verifier => new(Inner.Analysis, Inner.Catalog.ServerGroups, Inner.Scorers, Verifications, new ErasedPredictions(Inner.State, Inner.Catalog.Records), TimeProvider.System);

    /// <summary>Adds a model and the server group <c>late-prod-v001</c> that runs it.</summary>
    public async Task<ModelVersion> DeployAsync(byte[] content, CapturePolicy? capture = null, BatchPolicy? batch = null)
    {
        var model = await Inner.AddModelAsync(content);
        await DeployAsync(new ReleasedService { Name = "late", Model = model, Capture = capture ?? CapturePolicy.Default, Batch = batch });
        return model;
    }

    public Task DeployAsync(ReleasedService service) => Inner.Catalog.ServerGroups.AddAsync(
        [
            ("late", "prod", name => new ServerGroup
            {
                Name = name,
                Release = new ReleaseName(1),
                Service = service,
                Configuration = Digest.Of("{}"u8),
                Status = ServerGroupStatus.Enabled,
                Weight = Weight.All,
                CreatedAt = Bench.Noon,
                CreatedBy = "test",
                EnabledAt = Bench.Noon,
            }),
        ],
        CancellationToken.None);

    /// <summary>One flight as a host would have recorded it.</summary>
    public PredictionId Append(ModelVersion model, string origin, long hour, float late, string band = "day", int rows = 1) =>
        Inner.Append(Inner.Context(model), rows, Inputs(origin, hour, rows), [.. Repeat(TensorType.Float32, BitConverter.GetBytes(late), [rows, 1]), .. Text(band, rows)], Bench.Noon);

    public static byte[] Inputs(string origin, long hour, int rows = 1) =>
        [.. Text(origin, rows), .. Repeat(TensorType.Int64, BitConverter.GetBytes(hour), [rows]), .. Repeat(TensorType.Float32, BitConverter.GetBytes(100f), [rows, 1])];

    public ValueTask DisposeAsync() => Inner.DisposeAsync();

    private static byte[] Text(string text, int rows)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var element = new byte[sizeof(uint) + bytes.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(element, (uint)bytes.Length);
        bytes.CopyTo(element, sizeof(uint));
        return Repeat(TensorType.Bytes, element, [rows, 1]);
    }

    private static byte[] Repeat(TensorType type, byte[] element, long[] shape)
    {
        var header = TensorBlock.HeaderSize(shape.Length);
        var block = new byte[header + (element.Length * shape[0])];
        TensorBlock.WriteHeader(block, type, shape, (int)(element.Length * shape[0]));
        for (var row = 0; row < shape[0]; row++)
            element.CopyTo(block, header + (row * element.Length));
        return block;
    }
}
