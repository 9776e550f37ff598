using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.OnnxRuntime.Tests;

/// <summary>Resident memory of the process before and after very many calls.</summary>
public sealed class MemoryTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Run_MillionCallsOfNumbers_HoldsMemoryFlat()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        var data = Models.Raw(1f, 2f, 3f);
        AssertFlat(warmUp: 50_000, rounds: 1_000_000, 6 * Megabyte, round =>
        {
            var rows = 1 + (round % 3);
            call.SetInput(0, [rows, 1], data.AsSpan(0, rows * sizeof(float)));
            call.SetInput(1, [rows, 1], data.AsSpan(0, rows * sizeof(float)));
            call.Run();
            call.ReleaseOutputs();
        });
    }

    [Fact]
    public void Run_MillionCallsOfStrings_HoldsMemoryFlat()
    {
        using var session = Models.Open(TestModels.Mixed());
        using var call = session.CreateCall();
        // Longer than what a string keeps within itself, so that its storage is on the heap.
        byte[][] cities = [Models.Strings("Oslo"), Models.Strings(new string('x', 200)), Models.Strings("Rome")];
        var output = new byte[64];
        AssertFlat(warmUp: 50_000, rounds: 1_000_000, 6 * Megabyte, round =>
        {
            call.SetInput(0, [1, 1], cities[round % 3]);
            call.SetInput(1, [1, 1], [8, 0, 0, 0, 0, 0, 0, 0]);
            call.SetInput(2, [1, 1], [0, 0, 0, 0]);
            call.Run();
            call.CopyOutput(1, output);
            call.ReleaseOutputs();
        });
    }

    [Fact]
    public void Run_ManyCallsOfMaps_HoldMemoryFlat()
    {
        using var session = Models.Open(TestModels.Maps());
        using var call = session.CreateCall();
        var data = Models.Raw(1f, 2f, 3f, 4f, 5f, 6f);
        AssertFlat(warmUp: 10_000, rounds: 100_000, 6 * Megabyte, round =>
        {
            var rows = 1 + (round % 3);
            call.SetInput(0, [rows, 2], data.AsSpan(0, rows * 2 * sizeof(float)));
            call.Run();
            Assert.Equal(rows * 2 * sizeof(float), call.OutputSize(1));
            call.ReleaseOutputs();
        });
    }

    [Fact]
    public void Run_FailingCalls_HoldMemoryFlat()
    {
        using var session = Models.Open(TestModels.Pick());
        using var call = session.CreateCall();
        AssertFlat(warmUp: 2_000, rounds: 20_000, 6 * Megabyte, _ =>
        {
            call.SetInput(0, [1], [7, 0, 0, 0, 0, 0, 0, 0]);
            Assert.Throws<OnnxRuntimeException>(call.Run);
        });
    }

    [Fact]
    public void Open_ManySessionsAndCalls_HoldMemoryFlat()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", TestModels.Mixed());
        AssertFlat(warmUp: 300, rounds: 2_000, 8 * Megabyte, _ =>
        {
            using var session = OnnxSession.Open(path);
            using var call = session.CreateCall();
            call.SetInput(0, [1, 1], Models.Strings("Oslo"));
            call.SetInput(1, [1, 1], Models.Raw(8L));
            call.SetInput(2, [1, 1], Models.Raw(0f));
            call.Run();
        });
    }

    [Fact]
    public void Run_SteadyCalls_AllocateNothingManaged()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        var data = Models.Raw(1f);
        long[] shape = [1, 1];
        for (var i = 0; i < 1000; i++)
            Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            Once();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Once()
        {
            call.SetInput(0, shape, data);
            call.SetInput(1, shape, data);
            call.Run();
            _ = call.OutputData(0)[0];
            call.ReleaseOutputs();
        }
    }

    private static void AssertFlat(int warmUp, int rounds, long bound, Action<int> once)
    {
        for (var i = 0; i < warmUp; i++)
            once(i);
        var before = Resident();
        for (var i = 0; i < rounds; i++)
            once(i);
        var grown = Resident() - before;
        Assert.True(grown <= bound, $"Memory grew by {grown / 1024} KiB over {rounds} calls.");
    }

    private static long Resident()
    {
        // Aggressive: what the managed heap no longer needs goes back to the system.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
