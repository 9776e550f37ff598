using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>
/// Fits the stages of a chain together. A model adds its outputs to the tensors that later stages may use, all that were there before included;
/// a transform replaces them by the columns of its result. Of two tensors of one name the later wins.
/// </summary>
internal sealed class ChainPlanner(string chain, TransformDatabase? database)
{
    private readonly List<ChainColumn> visible = [];
    private readonly List<PlannedStage> stages = [];
    private int slots;

    /// <param name="inputs">Empty for those of the first stage, which is a model then.</param>
    /// <param name="labels">What messages call each stage, such as <c>stage 2 'transform: x.sql'</c>.</param>
    /// <exception cref="FairleadException">Invalid: two stages do not fit together.</exception>
    public ChainPlan Plan(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<ReleasedStage> released, IReadOnlyList<string> labels)
    {
        if (released.Count == 0)
            throw Refuse("there is no stage; name at least one model or transform");
        if (inputs.Count == 0)
            inputs = released[0].Model?.Signature.Inputs ?? throw Refuse($"{labels[0]} comes first, so that the chain's inputs must be declared; add 'inputs' with name, type and shape");
        AddInputs(inputs);
        for (var i = 0; i < released.Count; i++)
        {
            var stage = new PlannedStage(labels[i], released[i].Model?.Signature, released[i].Sql);
            if (stage.Signature is not null)
                AddModel(stage, stage.Signature);
            else
                AddTransform(stage, stage.Sql!);
            stages.Add(stage);
        }

        var outputs = Outputs(stages[^1]);
        CheckCasts();
        return new ChainPlan(new Signature([.. inputs], [.. outputs.Select(output => output.Spec)]), slots, stages, [.. outputs.Select(output => output.Slot)]);
    }

    private void AddInputs(IReadOnlyList<TensorSpec> inputs)
    {
        foreach (var input in inputs)
        {
            if (visible.Any(column => column.Name == input.Name))
                throw Refuse($"the input '{input.Name}' is declared twice; rename one of them");
            visible.Add(new ChainColumn(input.Name, null, input, slots++, null));
        }
    }

    private void AddModel(PlannedStage stage, Signature signature)
    {
        foreach (var input in signature.Inputs)
            stage.Inputs.Add(Resolve(stage, input));
        foreach (var output in signature.Outputs)
        {
            stage.Outputs.Add(slots);
            visible.RemoveAll(column => column.Name == output.Name);
            visible.Add(new ChainColumn(output.Name, stage, output, slots++, null));
        }
    }

    private int Resolve(PlannedStage stage, TensorSpec wanted)
    {
        var column = visible.Find(candidate => candidate.Name == wanted.Name) ?? throw Missing(stage, wanted.Name);
        if (column is { Sql: { } sql, Source: { } source })
        {
            if (wanted.Type != TensorType.Bytes && SqlTypes.TensorOf(sql.Element) is null)
                throw Refuse($"{source.Label} gives '{wanted.Name}' as {sql.Type}, and {stage.Label} takes it as {Describe(wanted)}; cast it in the transform");
            var fits = sql.IsList ? wanted.Shape.Count == 2 && Agree(sql.Width, wanted.Shape[1]) : SqlTypes.IsScalar(wanted.Shape);
            return fits
                ? Emit(source, sql, wanted.Type)
                : throw Refuse($"{source.Label} gives '{wanted.Name}' as {sql.Type}, and {stage.Label} takes it as {Describe(wanted)}; give {(wanted.Shape.Count == 2 && wanted.Shape[1] != 1 ? "a list of that length" : "one value")} per row");
        }

        var known = column.Spec!;
        return known.Type == wanted.Type && Fit(known.Shape, wanted.Shape)
            ? column.Slot
            : throw Refuse($"{stage.Label} takes '{wanted.Name}' as {Describe(wanted)}, and {Origin(column)} it as {Describe(known)}; put a transform between them that casts it");
    }

    private void AddTransform(PlannedStage stage, string sql)
    {
        foreach (var column in visible)
        {
            var spec = TensorOf(column);
            if (spec.Shape.Count is not (1 or 2) || spec.Shape[0] >= 0)
                throw Refuse($"{stage.Label} cannot take '{spec.Name}' as {Describe(spec)}; a transform takes tensors of shape [-1] and [-1,k]");
            if (spec.Name.Equals(TransformSql.Row, StringComparison.OrdinalIgnoreCase))
                throw Refuse($"{stage.Label} cannot take '{spec.Name}', the name of the column with the row's number; rename the tensor");
            if (stage.Table.Find(other => other.Name.Equals(spec.Name, StringComparison.OrdinalIgnoreCase)) is { } same)
                throw Refuse($"{stage.Label} cannot take both '{same.Name}' and '{spec.Name}', which are one name in SQL; rename one of them");
            stage.Table.Add(spec);
            stage.Inputs.Add(column.Sql is null ? column.Slot : Emit(column.Source!, column.Sql, spec.Type));
        }

        visible.Clear();
        foreach (var column in Columns(stage, sql))
        {
            if (column.Name.Equals(TransformSql.Row, StringComparison.OrdinalIgnoreCase))
                stage.HasRow = true;
            else
                visible.Add(new ChainColumn(column.Name, stage, SqlTypes.TensorOf(column), -1, column));
        }

        if (visible.Count == 0)
            throw Refuse($"{stage.Label} gives no column; select at least one beside '{TransformSql.Row}'");
    }

    private SqlColumn[] Columns(PlannedStage stage, string sql)
    {
        using (var guarded = database!.Connect())
            TransformGuard.Check(guarded, sql, $"In the chain '{chain}', {stage.Label}");
        try
        {
            using var connection = database.Open(stage.Table, sql);
            using var result = connection.Query(TransformSql.Describe);
            return [.. result.Columns.Select(column => new SqlColumn(column.Name, column.Type))];
        }
        catch (DuckDbException e)
        {
            throw Refuse($"{stage.Label} is no query over its table '{TransformSql.Table}' with {Names(stage.Table.Select(column => column.Name).Append(TransformSql.Row))}: {TransformSql.Reason(e)}", e);
        }
    }

    // Casts that do not exist; one that fails for a value shows when it is scored.
    private void CheckCasts()
    {
        foreach (var stage in stages.Where(stage => stage.Sql is not null))
        {
            try
            {
                using var connection = database!.Open(stage.Table, stage.Sql!);
                using var statement = connection.Prepare(TransformSql.Select(stage));
            }
            catch (DuckDbException e)
            {
                var casts = stage.Emissions.Select(emission => $"'{emission.Column.Name}' from {emission.Column.Type} to {emission.Type.WireName()}");
                throw Refuse($"{stage.Label} gives what cannot be cast to what later stages take, {string.Join(", ", casts)}: {TransformSql.Reason(e)}", e);
            }
        }
    }

    private List<(TensorSpec Spec, int Slot)> Outputs(PlannedStage last) => last.Signature is { } signature
        ? [.. signature.Outputs.Zip(last.Outputs)]
        : [.. visible.Select(column => (TensorOf(column), Emit(last, column.Sql!, TensorOf(column).Type)))];

    private TensorSpec TensorOf(ChainColumn column) => column.Spec
        ?? throw Refuse($"{column.Source!.Label} gives '{column.Name}' as {column.Sql!.Type}, which is no tensor; cast it to a number, BOOLEAN or VARCHAR, or to a list of them");

    // A column that several stages want in one type is read once.
    private int Emit(PlannedStage source, SqlColumn column, TensorType type)
    {
        if (source.Emissions.Find(emission => emission.Column.Name == column.Name && emission.Type == type) is { } known)
            return known.Slot;
        source.Emissions.Add(new Emission(column, type, slots));
        return slots++;
    }

    private FairleadException Missing(PlannedStage stage, string name)
    {
        var before = stages.Count == 0 ? null : stages[^1];
        var hint = NearestName.Of(name, visible.Select(column => column.Name)) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        var given = Names(visible.Select(column => column.Name)) + hint;
        return Refuse(before?.Sql is not null
            ? $"{before.Label} gives no column '{name}' that {stage.Label} takes; it gives {given}"
            : $"nothing before {stage.Label} gives the input '{name}' that it takes; there is {given}");
    }

    private FairleadException Refuse(string sentence, Exception? cause = null) => new(ProblemKind.Invalid, $"In the chain '{chain}', {sentence.TrimEnd('.')}.", cause);

    private static string Origin(ChainColumn column) => column.Source is null ? "the chain's inputs give" : $"{column.Source.Label} gives";

    private static bool Fit(IReadOnlyList<long> known, IReadOnlyList<long> wanted) =>
        (SqlTypes.IsScalar(known) && SqlTypes.IsScalar(wanted)) || (known.Count == wanted.Count && known.Zip(wanted).All(pair => Agree(pair.First, pair.Second)));

    private static bool Agree(long left, long right) => left < 0 || right < 0 || left == right;

    private static string Describe(TensorSpec spec) => $"{spec.Type.WireName()} [{string.Join(',', spec.Shape)}]";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
