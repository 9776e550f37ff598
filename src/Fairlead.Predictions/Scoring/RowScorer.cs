using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>Feeds the rows of a file to a model, in batches and in order, and writes them to Parquet with a struct column <c>output</c>.</summary>
public static class RowScorer
{
    private const string OutputColumn = "output";

    /// <param name="rowsPath">Parquet, CSV or JSON; columns with the names of the model's inputs are cast to their types.</param>
    /// <param name="targetPath">The Parquet file to write.</param>
    /// <returns>Rows scored.</returns>
    /// <exception cref="FairleadException">Invalid: the file holds no rows, lacks an input, or a value does not fit an input's type.</exception>
    public static long Score(string rowsPath, string targetPath, Signature signature, ScoreBlock score, CancellationToken cancellationToken)
    {
        var reader = DuckDbRowFiles.ReaderOf(rowsPath)
            ?? throw FairleadException.Invalid($"'{rowsPath}' holds no rows; expected Parquet, CSV or JSON.");
        try
        {
            using var database = DuckDbDatabase.OpenInMemory();
            using var connection = database.Connect();
            connection.Execute($"create table source as select * from {reader}", cancellationToken);
            RequireColumns(connection, rowsPath, signature);
            var rows = ScoreAll(database, connection, signature, score, cancellationToken);
            connection.Execute($"copy (select s.*, o.{OutputColumn} from source s positional join scores o) to {DuckDbText.Literal(targetPath)} (format parquet, compression zstd)", cancellationToken);
            return rows;
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"The rows of '{rowsPath}' could not be scored: {e.Message}");
        }
    }

    private static long ScoreAll(DuckDbDatabase database, DuckDbConnection connection, Signature signature, ScoreBlock score, CancellationToken cancellationToken)
    {
        var inputs = TensorColumn.Of(signature.Inputs);
        var outputs = TensorColumn.Of(signature.Outputs);
        connection.Execute($"create table scores ({OutputColumn} {TensorColumn.StructType(outputs)})", cancellationToken);
        using var writing = database.Connect();
        using var appender = writing.OpenAppender("scores");
        var answers = new TensorStruct(outputs, appender[0]);
        var builder = new TensorBlockBuilder(signature.Inputs, inputs);
        var select = string.Join(", ", signature.Inputs.Select((spec, i) => $"{DuckDbText.Name(spec.Name)}::{inputs[i].SqlType}"));
        using var result = connection.Query($"select {select} from source", cancellationToken);
        var total = 0L;
        while (result.TryReadChunk(cancellationToken))
        {
            total += result.ChunkRows;
            var answer = score(result.ChunkRows, builder.Build(result));
            answers.Begin(answer, result.ChunkRows);
            for (var row = 0; row < result.ChunkRows; row++)
            {
                answers.WriteRow(answer);
                appender.EndRow();
            }
        }

        if (answers.Misfits > 0)
            throw FairleadException.Failed($"{answers.Misfits} outputs of the model are not what its signature says.");
        appender.Complete();
        return total;
    }

    private static void RequireColumns(DuckDbConnection connection, string rowsPath, Signature signature)
    {
        using var result = connection.Query("select column_name from (describe source)", CancellationToken.None);
        var known = new List<string>();
        while (result.Read())
            known.Add((string)result.Value(0)!);
        foreach (var input in signature.Inputs)
        {
            if (!known.Contains(input.Name, StringComparer.OrdinalIgnoreCase))
                throw FairleadException.Invalid($"'{rowsPath}' has no column '{input.Name}' for the model's input; {NearestName.Hint(input.Name, known)}.");
        }

        if (known.Contains(OutputColumn, StringComparer.OrdinalIgnoreCase))
            throw FairleadException.Invalid($"'{rowsPath}' has a column '{OutputColumn}' already; rename it.");
    }
}
