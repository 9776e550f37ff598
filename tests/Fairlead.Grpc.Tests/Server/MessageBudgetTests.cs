using System.Buffers;
using System.IO.Pipelines;
using Fairlead.Grpc.Server;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>What messages that are still arriving count for.</summary>
public sealed class MessageBudgetTests
{
    private const int Length = 300_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_MessageThatArrivesInParts_CountsWhatCameUntilItIsReleased()
    {
        var budget = new Budget(Length * 2);
        var (pipe, reader) = Start(budget);
        var reading = reader.ReadUnaryAsync(Token).AsTask();

        await pipe.Writer.WriteAsync(Message().AsMemory(0, 60_000), Token);
        Assert.Equal(0, budget.Taken);
        await pipe.Writer.WriteAsync(Message().AsMemory(60_000, 100_000), Token);
        Assert.Equal(160_000, budget.Taken);
        await pipe.Writer.WriteAsync(Message().AsMemory(160_000), Token);
        await pipe.Writer.CompleteAsync();
        await reading;

        Assert.Equal(Length, reader.Message.Length);
        Assert.Equal(Length + 5, budget.Taken);
        reader.Release();
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Read_NoRoomForTheRest_IsRefusedAndNothingIsKept()
    {
        var budget = new Budget(100_000);
        var (pipe, reader) = Start(budget);
        var reading = reader.ReadUnaryAsync(Token).AsTask();

        await pipe.Writer.WriteAsync(Message().AsMemory(0, 90_000), Token);
        await pipe.Writer.WriteAsync(Message().AsMemory(90_000, 90_000), Token);

        var refused = await Assert.ThrowsAsync<GrpcException>(() => reading);
        Assert.Equal((GrpcStatusCode.ResourceExhausted, budget.Refusal), (refused.Status, refused.Message));
        Assert.Equal(90_000, budget.Taken);
        reader.Recycle();
        Assert.Equal(0, budget.Taken);
    }

    private static (Pipe Pipe, MessageReader Reader) Start(Budget budget)
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0));
        var reader = new MessageReader();
        reader.Start(pipe.Reader, Length, budget);
        return (pipe, reader);
    }

    private static byte[] Message() => [0, .. BitConverter.GetBytes(Length).Reverse(), .. new byte[Length]];

    private sealed class Budget(long limit) : IMessageBudget
    {
        public string Refusal => "There is no room.";

        public long Taken { get; private set; }

        public bool TryTake(long bytes)
        {
            if (Taken + bytes > limit)
                return false;
            Taken += bytes;
            return true;
        }

        public void Return(long bytes) => Taken -= bytes;
    }
}
