using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Testing;

namespace Fairlead.Inference.Tests.Chains;

public sealed class ChainCampaignTests
{
    public static TheoryData<TensorType> Types => [.. Enum.GetValues<TensorType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Run_TransformThatPassesAllOn_KeepsEveryValue(TensorType type)
    {
        using var chain = new Chain().Input("s", type, -1).Input("l", type, -1, 3).Input("v", type, -1, -1).Sql("select * exclude (row) from input");
        using var session = chain.Open();
        var random = new Random((int)type);
        var answer = new InferAnswer();
        for (var i = 0; i < Campaign.Rounds(10, 1000); i++)
        {
            // More than one chunk of the database now and then.
            var rows = i == 0 ? 5000 : random.Next(1, 20);
            var width = random.Next(1, 5);
            var block = new GrowableBuffer();
            Append(block, type, random, rows);
            Append(block, type, random, rows, 3);
            Append(block, type, random, rows, width);
            var request = new InferRequest();
            request.Fill(rows, block.Written);
            session.Run(request, answer);
            // SQL has no half floats: they come back wider.
            if (type is TensorType.Float16 or TensorType.BFloat16)
                Assert.Equal([[rows], [rows, 3], [rows, width]], Codec.Tensors(answer.OutputBlock).Select(tensor => tensor.Shape));
            else
                Assert.True(block.Written.SequenceEqual(answer.OutputBlock));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Run_SingleRowsOfKnownLength_KeepEveryValue(TensorType type)
    {
        using var chain = new Chain().Input("s", type, -1).Input("o", type, -1, 1).Input("l", type, -1, 3).Sql("select s, o, l, row from input; ");
        using var session = chain.Open();
        var random = new Random((int)type);
        var answer = new InferAnswer();
        for (var i = 0; i < Campaign.Rounds(50, 5000); i++)
        {
            var block = new GrowableBuffer();
            Append(block, type, random, 1);
            Append(block, type, random, 1, 1);
            Append(block, type, random, 1, 3);
            var request = new InferRequest();
            request.Fill(1, block.Written);
            session.Run(request, answer);
            var expected = Codec.Tensors(block.Written);
            var tensors = Codec.Tensors(answer.OutputBlock);
            Assert.Equal([[1], [1], [1, 3]], tensors.Select(tensor => tensor.Shape));
            if (type is not (TensorType.Float16 or TensorType.BFloat16))
                Assert.Equal(expected.Select(tensor => tensor.Data), tensors.Select(tensor => tensor.Data));
        }
    }

    [Fact]
    public void Run_ValuesDecide_AreThoseOfTheRequestAndNoEarlierOnes()
    {
        using var chain = new Chain().Input("x", TensorType.Int64, -1).Sql("""
            select row, case when x > 5 then 1 else 0 end as high, (select count(*) from input other where other.x > 5) as many,
                   x in (select max(x) from input) as is_largest, x between 3 and 7 as is_middle
            from input where x is not null order by x desc
            """);
        using var session = chain.Open();
        var random = new Random(7);
        for (var i = 0; i < Campaign.Rounds(100, 10_000); i++)
        {
            var span = random.Next(1, 1000);
            var values = Enumerable.Range(0, random.Next(1, 9)).Select(_ => (long)random.Next(-span, span)).ToArray();
            var answer = Codec.Answer(session, $$"""{"inputs":[{"name":"x","shape":[{{values.Length}}],"datatype":"INT64","data":[{{string.Join(',', values)}}]}]}""");
            Assert.Equal(List(values.Select(x => x > 5 ? "1" : "0")), Codec.Data(answer));
            Assert.Equal(List(values.Select(_ => $"{values.Count(other => other > 5)}")), Codec.Data(answer, 1));
            Assert.Equal(List(values.Select(x => x == values.Max() ? "true" : "false")), Codec.Data(answer, 2));
            Assert.Equal(List(values.Select(x => x is >= 3 and <= 7 ? "true" : "false")), Codec.Data(answer, 3));
        }
    }

    [Fact]
    public void Run_ManyThreads_EachGetsItsOwnAnswer()
    {
        using var chain = Late();
        using var session = chain.Open();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < Campaign.Rounds(50, 5000); i++)
            {
                var values = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (float)random.Next(1000)).ToArray();
                Assert.Equal($"[{string.Join(',', values.Select(value => (value * 2) + 1))}]", Codec.Data(Codec.Answer(session, Request(values))));
            }
        });
    }

    [Fact]
    public void Dispose_RunsUnderWay_FinishOrSayDisposed()
    {
        for (var round = 0; round < Campaign.Rounds(5, 100); round++)
        {
            using var chain = Late();
            var session = chain.Open();
            using var running = new CountdownEvent(3);
            var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() => RunUntilDisposed(session, running))).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            running.Wait(TestContext.Current.CancellationToken);
            session.Dispose();
            Array.ForEach(threads, thread => thread.Join());
        }
    }

    private static string List(IEnumerable<string> values) => $"[{string.Join(',', values)}]";

    private static Chain Late() => new Chain()
        .Input("v", TensorType.Float32, -1)
        .Sql("select v as a, v + 1 as b from input")
        .Model("sum", TestModels.Add())
        .Sql("select sum as total from input");

    private static void RunUntilDisposed(IModelSession session, CountdownEvent running)
    {
        var request = Codec.Read(session.Codec, Request([1, 2]));
        var answer = new InferAnswer();
        session.Run(request, answer);
        running.Signal();
        try
        {
            while (true)
                session.Run(request, answer);
        }
        catch (ObjectDisposedException)
        {
            // The end of this thread.
        }
    }

    private static string Request(float[] values) =>
        $$"""{"inputs":[{"name":"v","shape":[{{values.Length}}],"datatype":"FP32","data":[{{string.Join(',', values)}}]}]}""";

    private static void Append(GrowableBuffer block, TensorType type, Random random, params long[] shape)
    {
        var data = new List<byte>();
        for (var left = shape.Aggregate(1L, (count, dimension) => count * dimension); left > 0; left--)
        {
            var element = new byte[type == TensorType.Bytes ? random.Next(30) : type.ElementSize()];
            random.NextBytes(element);
            if (type == TensorType.Bool)
                element[0] &= 1;
            if (type == TensorType.Bytes)
            {
                data.AddRange(BitConverter.GetBytes(element.Length));
                data.AddRange(element.Select(letter => (byte)(letter & 0x7F)));
                continue;
            }

            data.AddRange(element);
        }

        block.Advance(TensorBlock.WriteHeader(block.Reserve(TensorBlock.HeaderSize(shape.Length)), type, shape, data.Count));
        block.Append(data.ToArray());
    }
}
