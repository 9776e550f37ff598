using System.IO.Pipelines;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Rest;

namespace Fairlead.Serving.Tests.Rest;

public sealed class RequestBodyTests
{
    private const long Plenty = 1L << 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Room_PiecesOfAnySize_AllThatIsHeldCounts(int seed)
    {
        var random = new Random(seed);
        var budget = new ByteBudget(Plenty);
        var expected = new List<byte>();
        using var body = new RequestBody(budget);
        while (expected.Count < 3_000_000)
        {
            var piece = new byte[random.Next(1, 300_000)];
            random.NextBytes(piece);
            var room = body.Room(piece.Length);
            Assert.InRange(budget.Taken, body.Length + room.Length, Plenty);
            piece.CopyTo(room);
            body.Advance(piece.Length);
            expected.AddRange(piece);
        }

        Assert.True(body.Bytes.SequenceEqual(expected.ToArray()));
        body.Dispose();
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public void Room_NoneToDouble_TakesWhatIsNeededAndThenRefuses()
    {
        var budget = new ByteBudget(700_000);
        using var body = new RequestBody(budget);
        body.Room(520_000).Fill(7);
        body.Advance(520_000);
        Assert.Equal(524_288, budget.Taken);

        body.Room(180_000)[..180_000].Fill(8);
        body.Advance(180_000);

        Assert.Throws<OverloadedException>(() => body.Room(1));
        Assert.Equal(700_000, budget.Taken);
        Assert.Equal((7, 8), (body.Bytes[519_999], body.Bytes[520_000]));
    }

    [Fact]
    public async Task ReadAsync_PausesThatAreShort_AreWaitedFor()
    {
        var pipe = new Pipe();
        var budget = new ByteBudget(Plenty);
        using var body = new RequestBody(budget);
        var reading = body.ReadAsync(pipe.Reader, new BodyLimits(100, TimeSpan.FromHours(1), TimeProvider.System), TestContext.Current.CancellationToken);
        pipe.Reader.CancelPendingRead();
        await pipe.Writer.WriteAsync(new byte[] { 1, 2 }, TestContext.Current.CancellationToken);
        pipe.Reader.CancelPendingRead();
        await pipe.Writer.WriteAsync(new byte[] { 3 }, TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();

        await reading;

        Assert.Equal([1, 2, 3], body.Bytes.ToArray());
    }
}
