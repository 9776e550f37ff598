using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Domain.Tests;

public sealed class TensorBlockTests
{
    [Fact]
    public void Block_WrittenAndRead_GivesBackEveryTensor()
    {
        var block = new byte[256];
        var at = TensorBlock.WriteHeader(block, TensorType.Float32, [2, 1], 8);
        block.AsSpan(at, 8).Fill(1);
        at += 8;
        block[at++] = 0;
        at += TensorBlock.WriteHeader(block.AsSpan(at), TensorType.Bytes, [], 4);
        at += 4;

        ReadOnlySpan<byte> rest = block.AsSpan(0, at);
        Assert.True(TensorBlock.TryRead(ref rest, out var first));
        Assert.Equal((TensorType.Float32, 2, 2L, 1L, 2L, 8), (first.Type, first.Rank, first.Dimension(0), first.Dimension(1), first.Count, first.Data.Length));
        Assert.True(TensorBlock.TryRead(ref rest, out var absent));
        Assert.Equal((TensorType)0, absent.Type);
        Assert.True(TensorBlock.TryRead(ref rest, out var scalar));
        Assert.Equal((TensorType.Bytes, 0, 1L), (scalar.Type, scalar.Rank, scalar.Count));
        Assert.False(TensorBlock.TryRead(ref rest, out _));
    }

    [Fact]
    public void Block_CutAnywhere_IsRefusedAndNeverReadBeyond()
    {
        var block = new byte[64];
        var header = TensorBlock.WriteHeader(block, TensorType.Int64, [3], 24);
        for (var length = 1; length < header + 24; length++)
        {
            var cut = block.AsSpan(0, length).ToArray();
            Assert.Throws<InvalidDataException>(() =>
            {
                ReadOnlySpan<byte> rest = cut;
                TensorBlock.TryRead(ref rest, out _);
            });
        }
    }

    [Fact]
    public void TensorType_EveryOne_HasAWireNameThatParses()
    {
        foreach (var type in Enum.GetValues<TensorType>())
        {
            Assert.True(TensorTypes.TryParse(type.WireName(), out var parsed));
            Assert.Equal(type, parsed);
            Assert.InRange(type.ElementSize(), 0, 8);
        }

        Assert.False(TensorTypes.TryParse("float", out _));
    }
}
