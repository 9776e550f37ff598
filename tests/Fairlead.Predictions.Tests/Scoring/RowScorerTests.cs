using System.Buffers;
using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Scoring;

namespace Fairlead.Predictions.Tests.Scoring;

public sealed class RowScorerTests : IDisposable
{
    private static readonly Signature Mixed = new(
        [new TensorSpec("name", TensorType.Bytes, [-1, 1]), new TensorSpec("count", TensorType.Int64, [-1, 1]), new TensorSpec("point", TensorType.Float32, [-1, 2])],
        [new TensorSpec("sum", TensorType.Float64, [-1, 1])]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-score-");

    /// <summary>More rows than one batch, in an order that must be kept.</summary>
    [Fact]
    public void Score_ManyRows_WritesEachRowsAnswerBesideIt()
    {
        var rows = Write("select 'n' || range as name, range as count, [range, 0.5]::float[] as point, range % 7 as extra from range(10000)");
        var target = Path.Combine(folder.FullName, "scored.parquet");

        Assert.Equal(10_000, RowScorer.Score(rows, target, Mixed, SumOfCountAndPoint, CancellationToken.None));

        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        Assert.Equal(10_000L, connection.Scalar($"select count(*) from read_parquet({DuckDbText.Literal(target)}) where output.sum = 2 * count + 0.5 + length(name) and extra = count % 7"));
    }

    [Theory]
    [InlineData("select 'a' as name, 1 as count", "point")]
    [InlineData("select 'a' as name, 'x' as count, [1, 2] as point", "'x'")]
    [InlineData("select null as name, 1 as count, [1, 2] as point", "'name' is NULL")]
    [InlineData("select 'a' as name, 1 as count, [1, 2, 3] as point", "takes 2 elements a row, and the rows have 3")]
    [InlineData("select 'a' as name, 1 as count, [1, 2] as point, 3 as output", "'output'")]
    public void Score_RowsThatDoNotFit_SaysWhich(string sql, string expected)
    {
        var rows = Write(sql);
        var target = Path.Combine(folder.FullName, "scored.parquet");
        var error = Assert.Throws<FairleadException>(() => RowScorer.Score(rows, target, Mixed, SumOfCountAndPoint, CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Contains(expected, error.Message);
        Assert.False(File.Exists(target));
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Stands for a model: count + both elements of point + bytes of name.</summary>
    private static ReadOnlySpan<byte> SumOfCountAndPoint(int rows, ReadOnlySpan<byte> inputs)
    {
        TensorBlock.TryRead(ref inputs, out var names);
        TensorBlock.TryRead(ref inputs, out var counts);
        TensorBlock.TryRead(ref inputs, out var points);
        Assert.Equal((rows, rows, 2L), ((int)names.Dimension(0), (int)counts.Dimension(0), points.Dimension(1)));
        var answer = new ArrayBufferWriter<byte>();
        answer.Advance(TensorBlock.WriteHeader(answer.GetSpan(64), TensorType.Float64, [rows, 1], rows * sizeof(double)));
        var text = names.Data;
        for (var row = 0; row < rows; row++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(text);
            text = text[(sizeof(int) + length)..];
            var sum = BinaryPrimitives.ReadInt64LittleEndian(counts.Data[(row * 8)..])
                + BinaryPrimitives.ReadSingleLittleEndian(points.Data[(row * 8)..])
                + BinaryPrimitives.ReadSingleLittleEndian(points.Data[((row * 8) + 4)..])
                + length;
            BinaryPrimitives.WriteDoubleLittleEndian(answer.GetSpan(8), sum);
            answer.Advance(8);
        }

        return answer.WrittenSpan;
    }

    private string Write(string sql)
    {
        var path = Path.Combine(folder.FullName, "rows");
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        connection.Execute($"copy ({sql}) to {DuckDbText.Literal(path)} (format parquet)");
        return path;
    }
}
