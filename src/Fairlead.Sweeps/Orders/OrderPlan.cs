using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Sweeps.Searching;
using Fairlead.Sweeps.Spaces;

namespace Fairlead.Sweeps.Orders;

/// <summary>An order that means something in the project: what is searched, by which search, and what is judged.</summary>
internal sealed record OrderPlan(SweepTarget Target, ISearch Search, SearchPlan Plan)
{
    public const int MostTrials = 10_000;
    public const int MostParallel = 256;
    private const int MostParameters = 50;

    /// <summary>Every parameter that trials set, the budget among them.</summary>
    public IEnumerable<SweptParameter> Swept => Plan.Budget is { } budget ? Plan.Space.Parameters.Append(budget.Parameter) : Plan.Space.Parameters;

    public IReadOnlyList<TriedParameter> Tried(IReadOnlyList<StepDefinition> steps) =>
        [.. Swept.Select(parameter => new TriedParameter(parameter.Label, steps.First(step => step.Name == parameter.Step).Family, parameter.Name))];

    /// <param name="steps">The steps that lead to the objective, the tried one among them.</param>
    /// <exception cref="FairleadException">NotFound, Invalid: what of the order means nothing here.</exception>
    public static OrderPlan Of(SweepOrder order, SweepTarget target, IReadOnlyList<StepDefinition> steps)
    {
        Require(order);
        var search = SearchCatalog.Require(order.Search);
        var parameters = order.Parameters.Select(text => ParameterOf(order, text, target.Tried, steps)).ToList();
        if (parameters.GroupBy(parameter => (parameter.Step, parameter.Name)).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw FairleadException.Invalid($"The parameter '{twice.First().Label}' is named twice; give it one range.");
        var plan = new SearchPlan
        {
            Space = new SearchSpace(parameters),
            Goal = order.Goal,
            Trials = order.Trials,
            Parallel = order.Parallel,
            Seed = unchecked((ulong)order.Seed),
            Budget = BudgetOf(order, search, target.Tried, steps, parameters),
        };
        RequireSize(plan, search);
        var made = new OrderPlan(target, search, plan);
        made.RequireInfluence(steps);
        return made;
    }

    /// <summary>Trials of a parameter that the objective does not depend on would all be the same.</summary>
    private void RequireInfluence(IReadOnlyList<StepDefinition> steps)
    {
        var byName = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([Target.Judged.Name]);
        while (open.TryPop(out var name))
        {
            if (!reached.Add(name))
                continue;
            foreach (var source in byName[name].Inputs.SelectMany(input => input.FanIn.Select(variant => (string?)variant.Step).Append(input.Step)).OfType<string>().Where(byName.ContainsKey))
                open.Push(source);
        }

        if (Swept.FirstOrDefault(parameter => !reached.Contains(parameter.Step)) is { } idle)
            throw FairleadException.Invalid($"The parameter '{idle.Label}' of '{idle.Step}' changes nothing about '{Target.Judged.Name}', which does not read what '{idle.Step}' makes; judge a step that does.");
    }

    /// <summary>JSON may leave out what C# may not.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static void RequireWhole(SweepOrder order)
    {
        if (order is not { Step: not null, Objective: not null, Search: not null, Parameters: { } parameters } || parameters.Contains(null!))
            throw FairleadException.Invalid("The order has to name 'step', 'objective', 'search' and 'parameters', none of which may be null.");
    }

    private static void Require(SweepOrder order)
    {
        if (order.Parameters.Count is 0 or > MostParameters)
            throw FairleadException.Invalid(order.Parameters.Count == 0 ? "Nothing is to be tried; say what by '--param', such as '--param l2=log:1e-4..1'." : $"{order.Parameters.Count} parameters are more than {MostParameters}; try fewer at a time.");
        if (order.Trials is < 1 or > MostTrials)
            throw FairleadException.Invalid($"The number of trials '{order.Trials}' is not accepted; expected 1 to {MostTrials:N0}.");
        if (order.Parallel is < 1 or > MostParallel)
            throw FairleadException.Invalid($"The number of parallel trials '{order.Parallel}' is not accepted; expected 1 to {MostParallel}.");
        if (order.Eta is < 2 or > 100)
            throw FairleadException.Invalid($"The factor '{order.Eta}' of '--eta' is not accepted; expected 2 to 100.");
    }

    private static SweptParameter ParameterOf(SweepOrder order, string text, StepDefinition tried, IReadOnlyList<StepDefinition> steps)
    {
        // Names of variants hold the sign, too: theirs is within brackets.
        var at = text.IndexOf('=', text.LastIndexOf(']') + 1);
        if (at <= 0)
            throw FairleadException.Invalid($"'{text}' is no parameter with a range; write it as NAME=RANGE, such as 'l2=log:1e-4..1'.");
        var label = text[..at].Trim();
        var (step, name, present) = SweepTarget.FindParameter(label, tried, steps);
        if (step.Variant is not null && $",{step.Variant}".Contains($",{name}=", StringComparison.Ordinal))
            throw FairleadException.Invalid($"The parameter '{label}' is an axis of the matrix of '{step.Name}', so that it has one value there; try another one.");
        return new SweptParameter(label, step.Name, name, RangeText.Parse(label, text[(at + 1)..].Trim(), present));
    }

    private static BudgetRange? BudgetOf(SweepOrder order, ISearch search, StepDefinition tried, IReadOnlyList<StepDefinition> steps, List<SweptParameter> parameters)
    {
        var needsBudget = search is BracketSearch;
        if (order.Budget is not { } text)
            return needsBudget ? throw FairleadException.Invalid($"The search '{search.Name}' needs to know what a trial may spend; say it by '--budget', such as '--budget epochs=1..27'.") : null;
        if (!needsBudget)
            throw FairleadException.Invalid($"The search '{search.Name}' gives all trials the same budget; leave '--budget {text}' out, or search by 'halving' or 'hyperband'.");
        var parameter = ParameterOf(order, text, tried, steps);
        if (parameters.Any(other => (other.Step, other.Name) == (parameter.Step, parameter.Name)))
            throw FairleadException.Invalid($"The parameter '{parameter.Label}' is both a budget and tried; take one of them away.");
        var (low, high, domain) = parameter.Domain switch
        {
            IntegerDomain integer => ((double)integer.Low, (double)integer.High, (ParameterDomain)integer),
            // Budgets are mostly counted: epochs, trees, rows.
            RealDomain { IsLog: false } real when IsWhole(real.Low) && IsWhole(real.High) => (real.Low, real.High, new IntegerDomain((long)real.Low, (long)real.High, IsLog: false)),
            RealDomain real => (real.Low, real.High, real),
            _ => throw FairleadException.Invalid($"The budget '{text}' is no range; write it as '{parameter.Label}=1..27'."),
        };
        if (low <= 0)
            throw FairleadException.Invalid($"The budget '{text}' begins at {low.ToString(CultureInfo.InvariantCulture)}, with which no trial gets anywhere; begin above 0.");
        return high >= low * order.Eta
            ? new BudgetRange(parameter with { Domain = domain }, low, high, order.Eta)
            : throw FairleadException.Invalid($"The budget '{text}' does not grow by the factor {order.Eta} even once; widen it, or lower '--eta'.");
    }

    private static void RequireSize(SearchPlan plan, ISearch search)
    {
        if (search is GridSearch)
        {
            if (plan.Space.Parameters.FirstOrDefault(parameter => parameter.Domain.Count is null) is { } endless)
                throw FairleadException.Invalid($"A grid needs the values of '{endless.Label}', which has a range of numbers; list them, such as '{endless.Label}=0.1,0.2,0.5'.");
            RequireCount(plan.Space.Count ?? long.MaxValue, plan.Trials, "The grid has", "points");
        }
        else if (search is HyperbandSearch)
        {
            RequireCount(search.CountTrials(plan), plan.Trials, "The brackets have", "trials");
        }
        else if (search.CountTrials(plan) > MostTrials)
        {
            throw FairleadException.Invalid($"The search takes {search.CountTrials(plan):N0} trials, more than {MostTrials:N0}; begin with fewer by '--trials'.");
        }
    }

    private static void RequireCount(long count, int? allowed, string what, string unit)
    {
        if (count > (allowed ?? MostTrials))
            throw FairleadException.Invalid($"{what} {count:N0} {unit}, more than {(allowed is null ? $"the {MostTrials:N0} that a sweep may have" : $"'--trials {allowed}' allows")}; {(allowed is null || count > MostTrials ? "try fewer values" : "raise it or leave it out")}, or search by 'random' or 'bayes'.");
    }

    private static bool IsWhole(double number) => number == Math.Floor(number);
}
