using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Tests.Running;

namespace Fairlead.Sweeps.Tests.Orders;

public sealed class OrderTests
{
    private static readonly IReadOnlyList<StepDefinition> Steps = new FakeGraphs(_ => 0).Steps;

    public static TheoryData<SweepOrder, string> Refused => new()
    {
        { SweepBench.Order with { Step = "trian" }, "There is no step 'trian'; did you mean 'train'?" },
        { SweepBench.Order with { Parameters = [] }, "Nothing is to be tried" },
        { SweepBench.Order with { Parameters = ["l2"] }, "NAME=RANGE" },
        { SweepBench.Order with { Parameters = ["=1,2"] }, "NAME=RANGE" },
        { SweepBench.Order with { Parameters = ["factor=1,2"] }, "The step 'train' has no parameter 'factor'; did you mean 'factors'?" },
        { SweepBench.Order with { Parameters = ["zzz=1,2"] }, "has to be one of its `params` in the project file (l2, factors, kind, epochs)" },
        { SweepBench.Order with { Parameters = ["evaluate.treshold=1,2"] }, "The step 'evaluate' has no parameter 'treshold'; did you mean 'threshold'?" },
        { SweepBench.Order with { Parameters = ["l2=1,2", "train.l2=3,4"] }, "is named twice" },
        { SweepBench.Order with { Parameters = ["aside.x=1,2"] }, "changes nothing about 'evaluate'" },
        { SweepBench.Order with { Objective = "evaluat.auc" }, "There is no step 'evaluat' as in 'evaluat.auc'; did you mean 'evaluate'?" },
        { SweepBench.Order with { Objective = "auc" }, "The step 'train' declares no `metrics`" },
        { SweepBench.Order with { Objective = "prepare.auc" }, "The step 'prepare' declares no `metrics`" },
        { SweepBench.Order with { Objective = "evaluate." }, "names no metric" },
        { SweepBench.Order with { Search = "bays" }, "There is no search 'bays'; did you mean 'bayes'?" },
        { SweepBench.Order with { Trials = 0 }, "expected 1 to 10,000" },
        { SweepBench.Order with { Parallel = 0 }, "expected 1 to 256" },
        { SweepBench.Order with { Parallel = 5000 }, "expected 1 to 256" },
        { SweepBench.Order with { Eta = 1, Search = "halving", Budget = "epochs=1..9" }, "expected 2 to 100" },
        { SweepBench.Order with { Search = "halving" }, "say it by '--budget'" },
        { SweepBench.Order with { Budget = "epochs=1..9" }, "leave '--budget epochs=1..9' out" },
        { SweepBench.Order with { Search = "halving", Budget = "epochs=0..9" }, "begin above 0" },
        { SweepBench.Order with { Search = "halving", Budget = "epochs=4..9" }, "does not grow by the factor 3" },
        { SweepBench.Order with { Search = "halving", Budget = "epochs=1,3,9" }, "is no range" },
        { SweepBench.Order with { Search = "halving", Budget = "factors=1..9" }, "both a budget and tried" },
        { SweepBench.Order with { Search = "grid" }, "list them, such as 'l2=0.1,0.2,0.5'" },
        { SweepBench.Order with { Search = "grid", Parameters = ["factors=int:1..100"] }, "The grid has 100 points, more than '--trials 12' allows; raise it or leave it out" },
        { SweepBench.Order with { Search = "grid", Parameters = ["factors=int:1..1000000000000"], Trials = null }, "more than the 10,000 that a sweep may have" },
        { SweepBench.Order with { Search = "hyperband", Budget = "epochs=1..81" }, "more than '--trials 12' allows" },
        { SweepBench.Order with { Search = "halving", Budget = "epochs=1..81", Eta = 2, Trials = 10_000 }, "begin with fewer" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Order_ThatMeansNothing_IsRefusedWithTheNearestName(SweepOrder order, string part)
    {
        var refused = Assert.Throws<FairleadException>(() => Plan(order, Steps));
        Assert.Contains(part, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Order_WithVariants_MeansOneOfThem()
    {
        StepDefinition[] steps =
        [
            new() { Name = "train[c=a.b,f=16]", Family = "train", Variant = "c=a.b,f=16", Run = "true", Parameters = FakeGraphs.Parameters(("l2", "1"), ("f", "16")) },
            new() { Name = "train[c=x,f=16]", Family = "train", Variant = "c=x,f=16", Run = "true", Parameters = FakeGraphs.Parameters(("l2", "1"), ("f", "16")) },
            new() { Name = "evaluate", Run = "true", Metrics = "m.json", Inputs = [new StepInput("all", null, "train[*]", "model") { FanIn = [new StepVariant("train[c=a.b,f=16]", "c=a.b,f=16"), new StepVariant("train[c=x,f=16]", "c=x,f=16")] }] },
        ];
        var order = SweepBench.Order with { Step = "train[c=a.b,f=16]", Parameters = ["l2=1,2", "train[c=x,f=16].l2=3..4"] };
        var plan = Plan(order, steps);
        Assert.Equal(["train[c=a.b,f=16]", "train[c=x,f=16]"], plan.Swept.Select(parameter => parameter.Step));
        Assert.Equal(["train", "train"], plan.Tried(steps).Select(parameter => parameter.Step));
        Assert.Contains("has 2 variants; name one of them, such as 'train[c=a.b,f=16]'", Assert.Throws<FairleadException>(() => Plan(order with { Step = "train" }, steps)).Message);
        Assert.Contains("is an axis of the matrix", Assert.Throws<FairleadException>(() => Plan(order with { Parameters = ["f=1,2"] }, steps)).Message);
    }

    [Fact]
    public void Names_OfAnOrder_AreThoseOfTheGraphToOpen()
    {
        Assert.Equal(["train", "evaluate"], SweepTarget.NamesIn(SweepBench.Order, Steps));
        Assert.Equal(["evaluate"], SweepTarget.NamesIn(SweepBench.Order with { Step = "evaluate", Objective = "auc.at.10" }, Steps));
        Assert.Equal(("evaluate", "auc.at.10"), (SweepTarget.Of(SweepBench.Order with { Step = "evaluate", Objective = "auc.at.10" }, Steps).Judged.Name, "auc.at.10"));
    }

    private static OrderPlan Plan(SweepOrder order, IReadOnlyList<StepDefinition> steps)
    {
        SweepTarget.NamesIn(order, [.. steps.Select(step => step with { Name = step.Family })]);
        return OrderPlan.Of(order, SweepTarget.Of(order, steps), steps);
    }
}
