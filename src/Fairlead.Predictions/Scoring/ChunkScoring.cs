using System.Buffers;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scoring;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>
/// Scores the rows of one chunk after another and writes outputs and errors beside one another. All rows go to the model at once; when it refuses
/// them, halves are tried, down to the rows that it refuses alone. Reused; one thread at a time.
/// </summary>
internal sealed class ChunkScoring(IScorer scorer, ScoringOptions options, TensorColumn[] inputs, TensorColumn[] outputs, CancellationToken cancellationToken)
{
    private readonly RowBlock block = new(scorer.Signature.Inputs, inputs);
    private readonly ArrayBufferWriter<byte> answer = new();
    private readonly bool isFlat = outputs.All(output => output is { IsBatched: true, IsList: false, Type: not (TensorType.Bytes or TensorType.Float16 or TensorType.BFloat16 or TensorType.Bool) });
    private string?[] errors = [];
    private ScoredPart?[] parts = [];

    public void Score(IReadOnlyList<DuckDbColumn> arguments, int rows, DuckDbColumnWriter result)
    {
        errors = new string?[rows];
        var groups = RowGroups.Of(scorer.Signature.Inputs, inputs, arguments, errors);
        if (groups is [{ } whole] && whole.Length == rows && !options.IsAlone && TryScoreFlat(arguments, whole, result))
            return;
        parts = new ScoredPart?[rows];
        foreach (var group in groups)
        {
            if (options.IsAlone)
                ScoreAlone(arguments, group, result.Fields[0]);
            else
                ScorePart(arguments, group, result.Fields[0]);
        }

        Write(rows, result);
    }

    /// <summary>The usual case: every row has its inputs, and the model gives one number for each. Writes everything, or nothing.</summary>
    private bool TryScoreFlat(IReadOnlyList<DuckDbColumn> arguments, int[] rows, DuckDbColumnWriter result)
    {
        if (!isFlat)
            return false;
        try
        {
            Run(block, answer, arguments, rows);
        }
        catch (FairleadException)
        {
            return false;
        }

        var rest = answer.WrittenSpan;
        foreach (var output in outputs)
        {
            if (!TensorBlock.TryRead(ref rest, out var tensor) || tensor.Type != output.Type || tensor.Rank == 0 || tensor.Dimension(0) != rows.Length || tensor.Count != rows.Length)
                return false;
        }

        rest = answer.WrittenSpan;
        var target = result.Fields[0];
        for (var i = 0; i < outputs.Length; i++)
        {
            TensorBlock.TryRead(ref rest, out var tensor);
            target.Fields[i].WriteAll(tensor.Data);
        }

        target.EndStructs(rows.Length);
        for (var row = 0; row < rows.Length; row++)
            result.Fields[1].WriteNull();
        result.EndStructs(rows.Length);
        return true;
    }

    private void ScorePart(IReadOnlyList<DuckDbColumn> arguments, int[] rows, DuckDbColumnWriter target)
    {
        try
        {
            Run(block, answer, arguments, rows);
            Keep(answer, rows, target);
        }
        catch (FairleadException e) when (rows.Length == 1)
        {
            errors[rows[0]] = e.Message;
        }
        catch (FairleadException)
        {
            ScorePart(arguments, rows[..(rows.Length / 2)], target);
            ScorePart(arguments, rows[(rows.Length / 2)..], target);
        }
    }

    /// <summary>Several rows are under way at once, each in a call of its own.</summary>
    private void ScoreAlone(IReadOnlyList<DuckDbColumn> arguments, int[] rows, DuckDbColumnWriter target)
    {
        var next = -1;
        var workers = new Task[Math.Min(options.Parallelism, rows.Length)];
        for (var i = 0; i < workers.Length; i++)
            workers[i] = ScoreRowsAsync();
        Task.WhenAll(workers).GetAwaiter().GetResult();

        async Task ScoreRowsAsync()
        {
            // Off this thread, which waits for all of them.
            await Task.Yield();
            var mine = new RowBlock(scorer.Signature.Inputs, inputs);
            var buffer = new ArrayBufferWriter<byte>();
            for (var at = Interlocked.Increment(ref next); at < rows.Length; at = Interlocked.Increment(ref next))
            {
                mine.Build(arguments, rows.AsSpan(at, 1));
                buffer.ResetWrittenCount();
                try
                {
                    await scorer.ScoreAsync(1, mine.Written, buffer, cancellationToken).ConfigureAwait(false);
                    Keep(buffer, rows[at..(at + 1)], target);
                }
                catch (FairleadException e) when (e.Kind != ProblemKind.Unavailable)
                {
                    errors[rows[at]] = e.Message;
                }
            }
        }
    }

    private void Run(RowBlock inputBlock, ArrayBufferWriter<byte> target, IReadOnlyList<DuckDbColumn> arguments, ReadOnlySpan<int> rows)
    {
        inputBlock.Build(arguments, rows);
        target.ResetWrittenCount();
        var scoring = scorer.ScoreAsync(rows.Length, inputBlock.Written, target, cancellationToken);
        if (scoring.IsCompletedSuccessfully)
            return;
        scoring.AsTask().GetAwaiter().GetResult();
    }

    private void Keep(ArrayBufferWriter<byte> scored, int[] rows, DuckDbColumnWriter target)
    {
        var copy = scored.WrittenSpan.ToArray();
        var split = new TensorStruct(outputs, target);
        split.Begin(copy, rows.Length);
        if (split.Misfits > 0)
            throw FairleadException.Failed($"The answer for {rows.Length} rows is not what the signature says: an output has another type or other rows.");
        var part = new ScoredPart(split, copy);
        foreach (var row in rows)
            parts[row] = part;
    }

    private void Write(int rows, DuckDbColumnWriter result)
    {
        for (var row = 0; row < rows; row++)
        {
            if (parts[row] is { } part)
                part.Answer.WriteRow(part.Block);
            else
                result.Fields[0].WriteNull();
            if (errors[row] is { } error)
                result.Fields[1].WriteUtf8(Encoding.UTF8.GetBytes(error));
            else
                result.Fields[1].WriteNull();
            result.EndStruct();
        }
    }
}
