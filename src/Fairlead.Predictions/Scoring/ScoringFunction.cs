using System.Collections.Concurrent;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scoring;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>
/// A scorer as a function of SQL: takes one argument for each input, in the signature's order, and gives a struct of <c>output</c>, a struct with a field
/// for each output, and <c>error</c>, why a row has none. So rows are read, scored and written in one statement, on as many threads as it has.
/// </summary>
public sealed class ScoringFunction
{
    /// <summary>The error of a row of which no input was recorded.</summary>
    public const string NoInputs = "no inputs were recorded";

    /// <summary>Begins the error of a row that lacks an input.</summary>
    public const string MissingInput = "no value was recorded for the input";
    private readonly ConcurrentBag<ChunkScoring> idle = [];
    private readonly Func<ChunkScoring> create;
    private readonly CancellationToken cancellationToken;
    private Exception? failure;
    private long rows;

    /// <param name="cancellationToken">Ends the statements that call it.</param>
    /// <exception cref="FairleadException">Invalid: the log does not keep what an input's shape needs.</exception>
    public ScoringFunction(IScorer scorer, ScoringOptions options, CancellationToken cancellationToken)
    {
        foreach (var input in scorer.Signature.Inputs)
        {
            if (input.Shape.Skip(1).Count(dimension => dimension < 0) > 1)
                throw FairleadException.Invalid($"The input '{input.Name}' has several variable dimensions in a row, which its recorded list does not tell apart; it cannot be scored again.");
        }

        this.cancellationToken = cancellationToken;
        var inputs = TensorColumn.Of(scorer.Signature.Inputs);
        var outputs = TensorColumn.Of(scorer.Signature.Outputs);
        Inputs = [.. inputs.Select(input => new ScoringColumn(input.Name, input.SqlType))];
        Outputs = [.. outputs.Select(output => new ScoringColumn(output.Name, output.SqlType))];
        OutputType = TensorColumn.StructType(outputs);
        ResultType = $"STRUCT(\"output\" {OutputType}, error VARCHAR)";
        // What has no rows in its first dimension is one row for the model.
        var alone = options with { IsAlone = options.IsAlone || inputs.Any(input => !input.IsBatched) || outputs.Any(output => !output.IsBatched) };
        create = () => new ChunkScoring(scorer, alone, inputs, outputs, cancellationToken);
    }

    /// <summary>The fields of a recorded <c>input</c> that are its arguments, and their types.</summary>
    public IReadOnlyList<ScoringColumn> Inputs { get; }

    /// <summary>The fields of <c>output</c>, named and typed as a recorded one of that signature.</summary>
    public IReadOnlyList<ScoringColumn> Outputs { get; }

    /// <summary>Of <c>output</c>, in SQL.</summary>
    public string OutputType { get; }

    /// <summary>In SQL.</summary>
    public string ResultType { get; }

    /// <summary>Rows that went through it so far, whatever came of them.</summary>
    public long Rows => Interlocked.Read(ref rows);

    /// <summary>What ended a statement that called it, when that was no problem of a row; the statement's own exception has its text only.</summary>
    public Exception? Failure => Volatile.Read(ref failure);

    /// <summary>Makes it known to the statements of a database.</summary>
    public void Register(DuckDbConnection connection, string name) =>
        connection.Register(name, [.. Inputs.Select(input => input.SqlType)], ResultType, Score);

    private void Score(IReadOnlyList<DuckDbColumn> arguments, int count, DuckDbColumnWriter result)
    {
        if (!idle.TryTake(out var scoring))
            scoring = create();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            scoring.Score(arguments, count, result);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref failure, e, null);
            throw;
        }

        idle.Add(scoring);
        Interlocked.Add(ref rows, count);
    }
}
