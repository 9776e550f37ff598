using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Log;

/// <summary>Records for the tests of the log, and what was read of them.</summary>
internal static class LogSamples
{
    public static CaptureContext Context(string service = "score", int number = 1) => new()
    {
        ServerGroup = new ServerGroupName(service, "prod", number),
        Release = new ReleaseName(number),
        Model = service,
        ModelVersion = number,
        ModelDigest = Digest.Of(Encoding.UTF8.GetBytes(service)),
        Configuration = Digest.Of("{}"u8),
        Signature = new Signature(
            [new TensorSpec("x", TensorType.Float32, [-1, 2])],
            [new TensorSpec("y", TensorType.Float32, [-1, 1])]),
    };

    public static SegmentWriter Open(string folder, int segmentBytes = 1 << 20, TimeProvider? time = null, SignalLogger? logger = null) =>
        SegmentWriter.Open(
            new SegmentWriterOptions { Folder = folder, SegmentBytes = segmentBytes },
            time ?? TimeProvider.System,
            logger is null ? NullLogger<SegmentWriter>.Instance : logger);

    /// <summary>The id that record number n has in these tests.</summary>
    public static PredictionId Id(long n) => new((ulong)(n + 1) << 16 | 0x7000, 0x8000_0000_0000_0000);

    public static long Number(PredictionId id) => id.UnixMilliseconds - 1;

    /// <summary>Appends record number n, whose contents follow from n.</summary>
    public static bool TryAppend(SegmentWriter writer, CaptureContext context, long n, out long position, int blockLength = 0)
    {
        var random = new Random((int)n);
        var bytes = new byte[blockLength > 0 ? blockLength : random.Next(0, 300)];
        random.NextBytes(bytes);
        var entry = new CaptureEntry
        {
            Id = Id(n),
            TimeMicroseconds = 1_000_000 + n,
            LatencyMicroseconds = (int)(n % 1000),
            Status = n % 10 == 0 ? 400 : 200,
            Rows = 1,
            Unit = Encoding.UTF8.GetBytes($"unit-{n % 7}"),
            RequestId = Encoding.UTF8.GetBytes($"request-{n}"),
            TraceId = n % 2 == 0 ? bytes.Length >= 16 ? bytes.AsSpan(0, 16) : default : default,
            Error = n % 10 == 0 ? "wrong"u8 : default,
            Inputs = bytes,
            Outputs = bytes.AsSpan(0, bytes.Length / 2),
        };
        return writer.TryAppend(context, entry, out position);
    }

    /// <summary>Checks that a record is what <see cref="TryAppend"/> wrote, and returns its number.</summary>
    public static long AssertIntact(in SegmentRecord record, int blockLength = 0)
    {
        var n = Number(record.Id);
        var random = new Random((int)n);
        var bytes = new byte[blockLength > 0 ? blockLength : random.Next(0, 300)];
        random.NextBytes(bytes);
        Assert.Equal(SegmentRecordKind.Prediction, record.Kind);
        Assert.Equal(1_000_000 + n, record.TimeMicroseconds);
        Assert.Equal(n % 10 == 0 ? 400 : 200, record.Status);
        Assert.Equal($"request-{n}", Encoding.UTF8.GetString(record.RequestId));
        Assert.True(record.Inputs.SequenceEqual(bytes));
        Assert.True(record.Outputs.SequenceEqual(bytes.AsSpan(0, bytes.Length / 2)));
        return n;
    }

    /// <summary>Numbers of all records of all segments below the folder, in the order of reading.</summary>
    public static List<long> ReadAll(string folder)
    {
        var numbers = new List<long>();
        foreach (var path in new SegmentFolder(folder).All())
        {
            using var reader = SegmentReader.Open(path);
            while (reader.TryRead(out var record))
                numbers.Add(AssertIntact(record));
        }

        return numbers;
    }
}
