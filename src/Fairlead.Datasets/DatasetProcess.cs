using System.Text.Json;
using Fairlead.Datasets.Checking;
using Fairlead.Datasets.Comparing;
using Fairlead.Datasets.Profiling;
using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.DuckDb;

namespace Fairlead.Datasets;

/// <summary>
/// Reads data in a process of its own, in whose folder it lies: what people's files and conditions do to the engine that reads them, they do to nobody else.
/// </summary>
public static class DatasetProcess
{
    public const string AnswerName = "answer.json";
    public const string DataName = "data";
    public const string LeftName = "left";
    public const string RightName = "right";

    /// <summary>Does what an order asks for and leaves the answer, or why there is none, in <c>out/answer.json</c>.</summary>
    /// <param name="folder">Full path of the folder that holds <c>in/</c> and <c>out/</c>.</param>
    /// <param name="temporary">Full path of a folder for what does not fit into memory.</param>
    public static void Run(string folder, string temporary, DatasetOrder order, CancellationToken cancellationToken)
    {
        DatasetAnswer answer;
        try
        {
            answer = Answer(Path.Combine(folder, "in"), temporary, order, cancellationToken);
        }
        catch (FairleadException e)
        {
            answer = new DatasetAnswer { Error = e.Message };
        }
        catch (DuckDbException e)
        {
            answer = new DatasetAnswer { Error = $"The data cannot be looked into: {DataProblem.OfExpression(e)}." };
        }

        File.WriteAllBytes(Path.Combine(folder, "out", AnswerName), JsonSerializer.SerializeToUtf8Bytes(answer, DomainJson.Default.DatasetAnswer));
    }

    private static DatasetAnswer Answer(string inputs, string temporary, DatasetOrder order, CancellationToken cancellationToken)
    {
        using var session = DataSession.Open(inputs, temporary);
        var data = Path.Combine(inputs, DataName);
        return order.Task switch
        {
            DatasetTask.Profile => new DatasetAnswer { Profile = new DatasetProfiler(session, cancellationToken).Profile(data) },
            DatasetTask.Check => new DatasetAnswer { Failures = new DatasetChecker(session, cancellationToken).Check(data, order) },
            DatasetTask.Compare => new DatasetAnswer { Difference = new DatasetComparer(session, cancellationToken).Compare(Path.Combine(inputs, LeftName), Path.Combine(inputs, RightName), order.Key) },
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
    }
}
