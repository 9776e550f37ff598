using System.Buffers;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Serving.Capturing;

namespace Fairlead.Serving.Tests.Capturing;

public sealed class TensorHashTests
{
    private static readonly CaptureHash Hash = new(new byte[CaptureHash.KeySize]);

    public static TheoryData<TensorType, byte[], string[]> Elements => new()
    {
        { TensorType.Bool, [0, 1], ["false", "true"] },
        { TensorType.UInt8, [7, 255], ["7", "255"] },
        { TensorType.Int8, [7, 255], ["7", "-1"] },
        { TensorType.UInt16, [1, 2], ["513"] },
        { TensorType.Int16, [255, 255], ["-1"] },
        { TensorType.UInt32, [0, 0, 0, 128], ["2147483648"] },
        { TensorType.Int32, [0, 0, 0, 128], ["-2147483648"] },
        { TensorType.UInt64, [255, 255, 255, 255, 255, 255, 255, 255], ["18446744073709551615"] },
        { TensorType.Int64, [254, 255, 255, 255, 255, 255, 255, 255], ["-2"] },
        { TensorType.Float16, [0, 0x3E, 0, 0x40], ["1.5", "2"] },
        { TensorType.BFloat16, [0xC0, 0x3F], ["1.5"] },
        { TensorType.Float32, BitConverter.GetBytes(0.1f), ["0.1"] },
        { TensorType.Float64, BitConverter.GetBytes(-1234.5), ["-1234.5"] },
        { TensorType.Bytes, [0, 0, 0, 0, 2, 0, 0, 0, 65, 66], ["", "AB"] },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Write_OfEachType_HasTheShapeAndTheHashOfEachElement(TensorType type, byte[] data, string[] values)
    {
        var block = new byte[64];
        var length = TensorBlock.WriteHeader(block, type, [values.Length, 1], data.Length);
        data.CopyTo(block, length);
        var plan = FieldPlan.Of([new TensorSpec("x", type, [-1, 1])], new CapturePolicy { Hash = ["x"] }, Hash)!;

        var target = new ArrayBufferWriter<byte>();
        plan.Write(block.AsSpan(0, length + data.Length), target);

        ReadOnlySpan<byte> rest = target.WrittenSpan;
        Assert.True(TensorBlock.TryRead(ref rest, out var tensor));
        Assert.True(rest.IsEmpty);
        Assert.Equal((TensorType.Bytes, 2, values.Length, 1), (tensor.Type, tensor.Rank, tensor.Dimension(0), tensor.Dimension(1)));
        Assert.Equal(values.Select(Hash.Of), TensorTexts.Of(target.WrittenSpan.ToArray()).Single()!.Split(','));
    }

    [Fact]
    public void Write_RandomBlocks_KeepsWhatIsNotHiddenByteForByteAndNothingElse()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var specs = Enumerable.Range(0, random.Next(1, 6)).Select(n => new TensorSpec($"t{n}", TensorType.Bytes, [-1])).ToList();
            var treatments = specs.Select(_ => (FieldTreatment)random.Next(3)).ToList();
            treatments[0] = FieldTreatment.Redact;
            var policy = new CapturePolicy
            {
                Redact = [.. specs.Where((_, n) => treatments[n] == FieldTreatment.Redact).Select(spec => spec.Name)],
                Hash = [.. specs.Where((_, n) => treatments[n] == FieldTreatment.Hash).Select(spec => spec.Name)],
            };
            var values = specs.Select((_, n) => Enumerable.Range(0, random.Next(4)).Select(_ => (treatments[n] == FieldTreatment.Keep ? "kept" : "s3cr3t") + random.Next()).ToArray()).ToList();
            var target = new ArrayBufferWriter<byte>();

            FieldPlan.Of(specs, policy, Hash)!.Write(Block(values), target);

            Assert.DoesNotContain("s3cr3t", Encoding.Latin1.GetString(target.WrittenSpan), StringComparison.Ordinal);
            var expected = values.Select((texts, n) => treatments[n] switch
            {
                FieldTreatment.Keep => string.Join(',', texts),
                FieldTreatment.Hash => string.Join(',', texts.Select(Hash.Of)),
                _ => null,
            });
            Assert.Equal(expected, TensorTexts.Of(target.WrittenSpan.ToArray()));
        }
    }

    [Fact]
    public void Of_NothingHidden_IsNoPlanAtAll() => Assert.Null(FieldPlan.Of([new TensorSpec("x", TensorType.Int8, [-1])], new CapturePolicy { Redact = ["y"] }, null));

    private static byte[] Block(List<string[]> tensors)
    {
        using var stream = new MemoryStream();
        foreach (var texts in tensors)
        {
            var data = texts.SelectMany(text => BitConverter.GetBytes(text.Length).Concat(Encoding.ASCII.GetBytes(text))).ToArray();
            var header = new byte[TensorBlock.HeaderSize(1)];
            TensorBlock.WriteHeader(header, TensorType.Bytes, [texts.Length], data.Length);
            stream.Write(header);
            stream.Write(data);
        }

        return stream.ToArray();
    }
}
