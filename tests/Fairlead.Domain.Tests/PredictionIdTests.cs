using Fairlead.Domain.Predictions;

namespace Fairlead.Domain.Tests;

public sealed class PredictionIdTests
{
    private const long Milliseconds = 980_899_200_000;

    [Fact]
    public void Create_GivesAnRfc9562Version7()
    {
        var random = new Random(7);
        var bytes = new byte[10];
        for (var i = 0; i < 1_000; i++)
        {
            random.NextBytes(bytes);
            var id = PredictionId.Create(Milliseconds + i, bytes);
            var text = id.ToString();
            Assert.Equal('7', text[14]);
            Assert.Contains(text[19], "89ab");
            Assert.Equal(Milliseconds + i, id.UnixMilliseconds);
            Assert.Equal(0, id.Row);
            Assert.Equal(id, PredictionId.Parse(text));
        }
    }

    [Fact]
    public void OfRow_NumbersTheRowsOfARequest()
    {
        var first = PredictionId.Create(Milliseconds, Enumerable.Repeat((byte)0xFF, 10).ToArray());
        var last = first.OfRow(PredictionId.MaxRows - 1);
        Assert.Equal(PredictionId.MaxRows - 1, last.Row);
        Assert.Equal(first, last.OfRow(0));
        Assert.True(first.CompareTo(last) < 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => first.OfRow(PredictionId.MaxRows));
    }

    [Fact]
    public void Write_GivesBytesThatSortAsIdsDo()
    {
        var random = new Random(11);
        var seed = new byte[10];
        var ids = Enumerable.Range(0, 500).Select(_ =>
        {
            random.NextBytes(seed);
            return PredictionId.Create(Milliseconds + random.Next(100), seed).OfRow(random.Next(1000));
        }).ToList();
        var byBytes = ids.OrderBy(Hex, StringComparer.Ordinal).ToList();
        Assert.Equal(ids.Order().ToList(), byBytes);

        static string Hex(PredictionId id)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.Write(bytes);
            Assert.Equal(id, PredictionId.Read(bytes));
            return Convert.ToHexString(bytes);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{0192f3c4-7a2b-7def-8123-456789a00000}")]
    [InlineData("0192f3c4")]
    public void Parse_WhatIsNoId_IsRefused(string text) => Assert.False(PredictionId.TryParse(text, out _));
}
