using System.Buffers;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.Inference.Scoring;
using Fairlead.Inference.Tests.Chains;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Scoring;

public sealed class ModelScorerTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Cities = ["Oslo", "Rome", "Bonn", ""];
    private readonly TemporaryFolder folder = new();
    private readonly OnnxModelRuntime runtime = new();
    private readonly BlobFolder store;

    public ModelScorerTests() => store = new BlobFolder(folder);

    public void Dispose()
    {
        runtime.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Score_ManyRowsOrOneByOne_GivesTheSameBits()
    {
        await using var scorer = await OpenAsync(Model(TestModels.Mixed()));
        await AssertSameAloneAsync(scorer, (random, row) => [Text(Cities[random.Next(Cities.Length)]), BitConverter.GetBytes((long)random.Next(24)), BitConverter.GetBytes(random.NextSingle() * 1000)]);
    }

    [Fact]
    public async Task Score_Chain_GivesTheSameBits()
    {
        using var chain = new Chain()
            .Input("price", TensorType.Float64, -1)
            .Sql("select row, (price * 1.1 + ln(price))::float as x, ['a', 'b'] as tags from input order by row")
            .Model("renamed", TestModels.Renamed("x", "y"));
        var released = chain.Released;
        foreach (var stage in released.Stages.Where(stage => stage.Model is not null))
            store.Put(TestModels.Renamed("x", "y"));
        await using var scorer = await OpenAsync(new ReleasedService { Name = "fares", Chain = released });
        Assert.Equal("y", Assert.Single(scorer.Signature.Outputs).Name);
        await AssertSameAloneAsync(scorer, (random, row) => [BitConverter.GetBytes(random.NextDouble() * 500)]);
    }

    [Fact]
    public async Task Score_SameBlockAsTheHost_GivesTheHostsBits()
    {
        var model = Model(TestModels.Mixed());
        await using var scorer = await OpenAsync(model);
        using var session = runtime.Load(store.PathOf(model.Digest), "host");
        var block = Block(scorer.Signature, 3, new Random(1), (random, row) => [Text("Oslo"), BitConverter.GetBytes(8L), BitConverter.GetBytes(random.NextSingle())]);
        var request = new InferRequest();
        var answer = new InferAnswer();
        request.Fill(3, block);
        session.Run(request, answer);
        Assert.Equal(answer.OutputBlock.ToArray(), await ScoreAsync(scorer, 3, block));
    }

    [Fact]
    public async Task Score_ManyThreads_GiveEachItsAnswer()
    {
        await using var scorer = await OpenAsync(Model(TestModels.Identity(OnnxType.Float, "N")));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(async () =>
        {
            var block = Block(scorer.Signature, 1 + number, new Random(number), (random, row) => [BitConverter.GetBytes(random.NextSingle())]);
            Assert.Equal(block, await ScoreAsync(scorer, 1 + number, block));
        })));
    }

    [Fact]
    public async Task Score_ValueThatTheModelRefuses_IsAFailureAndTheNextIsFine()
    {
        await using var scorer = await OpenAsync(Model(TestModels.Pick()));
        var e = await Assert.ThrowsAsync<FairleadException>(() => ScoreAsync(scorer, 1, Block(scorer.Signature, 1, new Random(1), (_, _) => [BitConverter.GetBytes(7L)])));
        Assert.Contains("could not score", e.Message, StringComparison.Ordinal);
        var answer = Codec.Tensors(await ScoreAsync(scorer, 1, Block(scorer.Signature, 1, new Random(1), (_, _) => [BitConverter.GetBytes(2L)])));
        Assert.Equal(30f, BitConverter.ToSingle(answer[0].Data));
    }

    [Fact]
    public async Task Open_OtherBytesInTheStore_AreRefusedByName()
    {
        var model = Model(TestModels.Mixed());
        folder.Write(model.Digest.Hex, TestModels.Pick());
        var e = await Assert.ThrowsAsync<FairleadException>(() => OpenAsync(model));
        Assert.Equal(ProblemKind.Damaged, e.Kind);
        Assert.Contains("'late@1' was altered", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ModelThatTheStoreLacks_IsNotFound()
    {
        var model = Model(TestModels.Mixed());
        File.Delete(store.PathOf(model.Digest));
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => OpenAsync(model))).Kind);
    }

    private static async Task AssertSameAloneAsync(IScorer scorer, Func<Random, int, byte[][]> row)
    {
        const int Rows = 500;
        var together = Codec.Tensors(await ScoreAsync(scorer, Rows, Block(scorer.Signature, Rows, new Random(7), row)));
        var random = new Random(7);
        var alone = new List<byte>[together.Count];
        for (var i = 0; i < Rows; i++)
        {
            var answer = Codec.Tensors(await ScoreAsync(scorer, 1, Block(scorer.Signature, 1, random, row)));
            for (var output = 0; output < answer.Count; output++)
                (alone[output] ??= []).AddRange(answer[output].Data);
        }

        for (var output = 0; output < together.Count; output++)
            Assert.Equal(together[output].Data, alone[output].ToArray());
    }

    private static byte[] Block(Signature signature, int rows, Random random, Func<Random, int, byte[][]> row)
    {
        var columns = signature.Inputs.Select(_ => new List<byte>()).ToArray();
        for (var i = 0; i < rows; i++)
        {
            var values = row(random, i);
            for (var column = 0; column < columns.Length; column++)
                columns[column].AddRange(values[column]);
        }

        var block = new List<byte>();
        for (var column = 0; column < columns.Length; column++)
        {
            var spec = signature.Inputs[column];
            var header = new byte[TensorBlock.HeaderSize(spec.Shape.Count)];
            TensorBlock.WriteHeader(header, spec.Type, [.. spec.Shape.Select(dimension => dimension < 0 ? rows : dimension)], columns[column].Count);
            block.AddRange(header);
            block.AddRange(columns[column]);
        }

        return [.. block];
    }

    private static byte[] Text(string text) => [.. BitConverter.GetBytes(text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static async Task<byte[]> ScoreAsync(IScorer scorer, int rows, byte[] block)
    {
        var answer = new ArrayBufferWriter<byte>();
        await scorer.ScoreAsync(rows, block, answer, None);
        return answer.WrittenSpan.ToArray();
    }

    private Task<IScorer> OpenAsync(ReleasedService service) => new ModelScorerFactory(runtime, store, TimeProvider.System).OpenAsync(service, None);

    private ReleasedService Model(byte[] model)
    {
        var artifact = store.Put(model);
        return new ReleasedService
        {
            Name = "late",
            Model = new ModelVersion
            {
                Model = "late",
                Number = 1,
                Artifact = artifact,
                Signature = runtime.Inspect(store.PathOf(artifact.Digest), "late"),
                Run = default,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
        };
    }
}
