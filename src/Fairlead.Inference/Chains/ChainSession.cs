using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Inference.Onnx;
using Fairlead.Inference.Scoring;

namespace Fairlead.Inference.Chains;

/// <summary>
/// A chain made ready to score: models, and SQL between them. A transform reads the table <c>input</c>, which has one column for each tensor
/// before it, [-1] and [-1,1] as scalars and [-1,k] as lists, and <c>row</c>, a BIGINT from 0, and the table <c>config</c>, one row with a column for each setting; it gives one row for each of them, in their order
/// or with their <c>row</c>. Its columns are cast to what later stages take; at the chain's end DOUBLE and DECIMAL are FP64, FLOAT FP32,
/// integers of up to 64 bits INT8 to UINT64, wider ones INT64, VARCHAR BYTES, BOOLEAN BOOL, and lists of them [-1,k]. NULL is NaN for
/// floats and fails for others. A model's outputs join the tensors that were there before it; a transform's columns replace them; the
/// chain answers what its last stage gives.
/// </summary>
public sealed class ChainSession : IModelSession
{
    // An open database without rows, and a connection with its table and plan; measured.
    private const long DatabaseBytes = 3 << 20;
    private readonly TransformDatabase? database;
    private readonly string name;
    private readonly IdlePool<ChainCall> calls;
    private volatile bool disposed;

    private ChainSession(ChainPlan plan, IReadOnlyList<IModelSession> models, TransformDatabase? database, string name, TimeProvider time)
    {
        this.database = database;
        this.name = name;
        calls = new IdlePool<ChainCall>(() => new ChainCall(plan, models, database, time));
        Codec = new SignatureCodec(plan.Signature);
    }

    public Signature Signature => Codec.Signature;

    public SignatureCodec Codec { get; }

    /// <summary>Of the SQL engine, when there is a transform; the models count for themselves.</summary>
    public long MemoryBytes => database is null ? 0 : DatabaseBytes;

    /// <summary>Makes a chain ready and runs it once over dummy values.</summary>
    /// <param name="models">Sessions of the chain's models, in order. They stay their owner's, and must live until the chain is disposed.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="config">What transforms find in the table <c>config</c>; null for nothing.</param>
    /// <exception cref="FairleadException">Invalid: the stages do not fit together in the engines of this host; Failed: they give another signature than the release has.</exception>
    public static ChainSession Open(ReleasedChain chain, IReadOnlyList<IModelSession> models, string name, TimeProvider time, IReadOnlyList<ConfigSetting>? config = null)
    {
        var labels = chain.Stages.Select((stage, index) => ChainInspector.Label(index, stage.Model is null ? "transform" : $"model: {stage.Model.Label}"));
        if (chain.Stages.Count(stage => stage.Model is not null) != models.Count)
            throw new ArgumentException($"The chain '{name}' has other models than the {models.Count} given.", nameof(models));
        var database = chain.Stages.Any(stage => stage.Sql is not null) ? new TransformDatabase(config) : null;
        try
        {
            var plan = new ChainPlanner(name, database).Plan(chain.Signature.Inputs, chain.Stages, [.. labels]);
            if (Text(plan.Signature) != Text(chain.Signature))
                throw FairleadException.Failed($"The chain '{name}' gives '{Text(plan.Signature)}' on this host, and its release has '{Text(chain.Signature)}'; release it again with the version of the host.");
            var session = new ChainSession(plan, models, database, name, time);
            session.WarmUp();
            return session;
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    public void Run(InferRequest request, InferAnswer answer)
    {
        answer.Clear();
        ObjectDisposedException.ThrowIf(disposed, this);
        var call = calls.Rent();
        try
        {
            call.Run(request.InputBlock, request.Rows, answer.Outputs);
        }
        catch (FairleadException e)
        {
            // Whatever it got to, the next run begins anew.
            answer.Clear();
            calls.Return(call);
            throw new FairleadException(e.Kind, $"The chain '{name}' could not score the request: {e.Message}", e);
        }
        catch
        {
            answer.Clear();
            call.Dispose();
            throw;
        }

        calls.Return(call);
    }

    /// <summary>Calls under way finish.</summary>
    public void Dispose()
    {
        disposed = true;
        calls.Dispose();
        database?.Dispose();
    }

    private void WarmUp()
    {
        using var call = new ScoringCall();
        var inputs = new GrowableBuffer();
        try
        {
            if (!DummyRow.TryWrite(Signature, inputs))
                return;
            call.Request.Fill(1, inputs.Written);
            Run(call.Request, call.Answer);
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.Invalid or ProblemKind.Failed)
        {
            // Zeros and empty strings may be no values that the chain takes.
        }
        finally
        {
            inputs.Clear();
        }
    }

    private static string Text(Signature signature) =>
        $"{string.Join(", ", signature.Inputs.Select(Text))} > {string.Join(", ", signature.Outputs.Select(Text))}";

    private static string Text(TensorSpec spec) => $"{spec.Name} {spec.Type.WireName()} [{string.Join(',', spec.Shape)}]";
}
