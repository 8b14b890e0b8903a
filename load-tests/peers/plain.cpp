// The same questions in plain C++, as a measure of what the machine can do.
// g++ -O3 -march=native -fopenmp plain.cpp -o plain && ./plain FOLDER PEOPLE LIMIT_SECONDS
// Input files: see PeerFiles.cs. Output: one line of JSON a measurement, see Measurements.cs.
// Paths are exact, of at least one broker: labels are grown from the target for half of the hops, the source's ties are
// followed for the rest; rows are in ascending order of cost, so a row is left where no better path can follow.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

using Person = uint32_t;
constexpr float kNone = INFINITY;
constexpr int kRuns = 5;
constexpr double kAtLeast = 1;  // Seconds; what takes a millisecond is run more often.

#pragma pack(push, 1)
struct MutualTie { int32_t low, high; double cost; };
struct Dyad { int32_t low, high; float out, in; };
#pragma pack(pop)

static double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

template <class T> static std::vector<T> readAll(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) { fprintf(stderr, "cannot read %s\n", path.c_str()); exit(1); }
    std::vector<T> records(file.tellg() / sizeof(T));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(records.data()), records.size() * sizeof(T));
    return records;
}

static std::vector<std::vector<Person>> readLines(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::vector<Person>> lines;
    for (std::string line; std::getline(file, line);) {
        std::istringstream numbers(line);
        lines.emplace_back();
        for (Person person; numbers >> person;) lines.back().push_back(person);
    }
    return lines;
}

struct Arc { Person to; float cost; };

struct CostGraph {
    std::vector<uint32_t> start;
    std::vector<Arc> arcs;

    CostGraph(size_t people, const std::vector<MutualTie>& ties) : start(people + 1), arcs(2 * ties.size()) {
        for (auto& tie : ties) { start[tie.low + 1]++; start[tie.high + 1]++; }
        std::partial_sum(start.begin(), start.end(), start.begin());
        auto next = start;
        for (auto& tie : ties) {
            arcs[next[tie.low]++] = {Person(tie.high), float(tie.cost)};
            arcs[next[tie.high]++] = {Person(tie.low), float(tie.cost)};
        }
        for (size_t p = 0; p < people; p++)
            std::sort(arcs.begin() + start[p], arcs.begin() + start[p + 1], [](const Arc& a, const Arc& b) { return a.cost < b.cost; });
    }
    const Arc* begin(Person p) const { return arcs.data() + start[p]; }
    const Arc* end(Person p) const { return arcs.data() + start[p + 1]; }
};

struct Found { float cost = kNone; Person broker = 0, target = 0; };

class PathSearch {
public:
    PathSearch(const CostGraph& graph, size_t people) : graph_(graph), labels_(people), usedBroker_(people) {}

    // The k best paths to one target, by different first brokers.
    std::vector<Found> toOne(Person source, Person target, int hops, size_t k) {
        begin(source, k);
        deepen({target}, hops, true);
        return found_;
    }

    // k times the best path whose first broker and target are new.
    std::vector<Found> toAny(Person source, const std::vector<Person>& targets, int hops, size_t k) {
        // A direct contact of the source cannot be its own broker, so each of them is a question for itself.
        std::vector<Person> contacts, others;
        for (Person target : targets) {
            if (target == source) continue;
            bool contact = std::any_of(graph_.begin(source), graph_.end(source), [&](const Arc& arc) { return arc.to == target; });
            (contact ? contacts : others).push_back(target);
        }
        std::vector<Found> viaContacts, answer;
        for (Person contact : contacts)
            for (auto& path : toOne(source, contact, hops, k)) viaContacts.push_back(path);
        while (answer.size() < k) {
            begin(source, 1);
            for (auto& path : answer) usedBroker_[path.broker] = true;
            deepen(others, hops, false);
            for (auto& path : answer) usedBroker_[path.broker] = false;
            Found best = found_.empty() ? Found{} : found_[0];
            for (auto& path : viaContacts) {
                bool used = std::any_of(answer.begin(), answer.end(), [&](const Found& a) { return a.broker == path.broker || a.target == path.target; });
                if (!used && path.cost < best.cost) best = path;
            }
            if (best.cost == kNone) break;
            answer.push_back(best);
            std::erase(others, best.target);
        }
        return answer;
    }

private:
    struct Label { float cost; uint32_t stamp; Person target; };
    struct Reached { Person person; float cost; Person target; };

    void begin(Person source, size_t k) { source_ = source; k_ = k; found_.clear(); }

    float bound() const { return found_.size() < k_ ? kNone : found_.back().cost; }

    // Short paths first: they bound the search for long ones.
    void deepen(const std::vector<Person>& targets, int hops, bool skipTarget) {
        if (graph_.begin(source_) == graph_.end(source_)) return;
        for (int longest = 3; longest <= hops; longest++) {
            int half = longest / 2;
            grow(targets, half);
            scan(longest - half - 1, skipTarget ? targets[0] : Person(-1));
        }
    }

    // Labels: the least cost to a target in at most so many hops, not over the source.
    void grow(const std::vector<Person>& targets, int hops) {
        base_ += 8;
        frontier_.clear();
        for (Person target : targets) {
            labels_[target] = {0, base_, target};
            frontier_.push_back({target, 0, target});
        }
        float most = bound() - graph_.begin(source_)->cost;
        for (int hop = 1; hop <= hops; hop++) {
            touched_.clear();
            for (auto& [person, cost, target] : frontier_)
                for (auto* arc = graph_.begin(person); arc != graph_.end(person); arc++) {
                    float reached = cost + arc->cost;
                    if (reached >= most) break;
                    if (arc->to == source_) continue;
                    Label& label = labels_[arc->to];
                    if (label.stamp >= base_ && label.cost <= reached) continue;
                    if (label.stamp != base_ + hop) touched_.push_back(arc->to);
                    label = {reached, base_ + hop, target};
                }
            if (hop == hops) break;
            frontier_.clear();
            for (Person person : touched_) frontier_.push_back({person, labels_[person].cost, labels_[person].target});
        }
    }

    void scan(int depth, Person target) {
        for (auto* arc = graph_.begin(source_); arc != graph_.end(source_) && arc->cost < bound(); arc++) {
            if (arc->to == target || usedBroker_[arc->to]) continue;
            Found best{bound(), arc->to, 0};
            follow(arc->to, arc->cost, depth, best);
            if (best.cost < bound()) offer(best);
        }
    }

    void follow(Person person, float cost, int depth, Found& best) {
        const Label& label = labels_[person];
        if (label.stamp >= base_ && cost + label.cost < best.cost) { best.cost = cost + label.cost; best.target = label.target; }
        if (depth == 0) return;
        for (auto* arc = graph_.begin(person); arc != graph_.end(person); arc++) {
            float reached = cost + arc->cost;
            if (reached >= best.cost) break;
            if (arc->to != source_) follow(arc->to, reached, depth - 1, best);
        }
    }

    void offer(const Found& path) {
        auto same = std::find_if(found_.begin(), found_.end(), [&](const Found& f) { return f.broker == path.broker; });
        if (same == found_.end()) found_.push_back(path);
        else if (path.cost < same->cost) *same = path;
        std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.cost < b.cost; });
        if (found_.size() > k_) found_.pop_back();
    }

    const CostGraph& graph_;
    std::vector<Label> labels_;
    std::vector<bool> usedBroker_;
    std::vector<Reached> frontier_;
    std::vector<Person> touched_;
    std::vector<Found> found_;
    Person source_ = 0;
    size_t k_ = 1;
    uint32_t base_ = 0;
};

// Both strengths of every entry, in compressed sparse rows in ascending order of neighbour.
struct TieGraph {
    std::vector<uint32_t> start;
    std::vector<Person> to;
    std::vector<float> out, in;

    // Dyads are in ascending order of low, so rows filled in passes over high and then low come out sorted.
    TieGraph(size_t people, const std::vector<Dyad>& dyads) : start(people + 1), to(2 * dyads.size()), out(to.size()), in(to.size()) {
        for (auto& d : dyads) { start[d.low + 1]++; start[d.high + 1]++; }
        std::partial_sum(start.begin(), start.end(), start.begin());
        auto next = start;
        for (auto& d : dyads) put(next[d.high]++, d.low, d.in, d.out);
        for (auto& d : dyads) put(next[d.low]++, d.high, d.out, d.in);
    }
    void put(uint32_t at, Person person, float strengthOut, float strengthIn) { to[at] = person; out[at] = strengthOut; in[at] = strengthIn; }
};

struct Reciprocity { double r, weighted; };

static Reciprocity reciprocity(const TieGraph& graph) {
    long tied = 0, mutual = 0, entries = graph.to.size();
    double sum = 0, least = 0;
    const float *out = graph.out.data(), *in = graph.in.data();
    constexpr long block = 4096;
    #pragma omp parallel for reduction(+ : tied, mutual, sum, least)
    for (long from = 0; from < entries; from += block) {
        long end = std::min(from + block, entries);
        int t = 0, m = 0;
        float s = 0, l = 0;
        #pragma omp simd reduction(+ : t, m, s, l)
        for (long i = from; i < end; i++) {
            t += out[i] > 0;
            m += (out[i] > 0) & (in[i] > 0);
            s += out[i];
            l += out[i] < in[i] ? out[i] : in[i];
        }
        tied += t; mutual += m; sum += s; least += l;
    }
    return {double(mutual) / tied, least / sum};
}

// Burt's constraint of everyone: the indirect share of an edge is summed over its triangles, each found once with
// edges directed from lower to higher degree.
static std::vector<double> burt(const TieGraph& graph, size_t people) {
    struct Edge { Person to; float weight; };
    std::vector<double> total(people), constraint(people);
    #pragma omp parallel for schedule(dynamic, 4096)
    for (size_t p = 0; p < people; p++)
        for (uint32_t e = graph.start[p]; e < graph.start[p + 1]; e++) total[p] += double(graph.out[e]) + graph.in[e];
    auto above = [&](Person a, Person b) {
        auto da = graph.start[a + 1] - graph.start[a], db = graph.start[b + 1] - graph.start[b];
        return da != db ? da > db : a > b;
    };
    std::vector<uint32_t> start(people + 1);
    std::vector<Edge> edges;
    edges.reserve(graph.to.size() / 2);
    for (size_t p = 0; p < people; p++) {
        for (uint32_t e = graph.start[p]; e < graph.start[p + 1]; e++)
            if (above(graph.to[e], p)) edges.push_back({graph.to[e], float(double(graph.out[e]) + graph.in[e])});
        start[p + 1] = edges.size();
    }
    std::vector<double> through(edges.size());
    #pragma omp parallel
    {
        std::vector<uint32_t> edgeTo(people, UINT32_MAX);
        #pragma omp for schedule(dynamic, 1024)
        for (size_t a = 0; a < people; a++) {
            for (uint32_t ab = start[a]; ab < start[a + 1]; ab++) edgeTo[edges[ab].to] = ab;
            for (uint32_t ab = start[a]; ab < start[a + 1]; ab++) {
                Person b = edges[ab].to;
                double sum = 0;
                for (uint32_t bc = start[b]; bc < start[b + 1]; bc++) {
                    uint32_t ac = edgeTo[edges[bc].to];
                    if (ac == UINT32_MAX) continue;
                    double wab = edges[ab].weight, wbc = edges[bc].weight, wac = edges[ac].weight;
                    sum += wac * wbc / total[edges[bc].to];
                    #pragma omp atomic
                    through[ac] += wab * wbc / total[b];
                    #pragma omp atomic
                    through[bc] += wab * wac / total[a];
                }
                #pragma omp atomic
                through[ab] += sum;
            }
            for (uint32_t ab = start[a]; ab < start[a + 1]; ab++) edgeTo[edges[ab].to] = UINT32_MAX;
        }
    }
    for (size_t a = 0; a < people; a++)
        for (uint32_t e = start[a]; e < start[a + 1]; e++) {
            double both = edges[e].weight + through[e];
            constraint[a] += both * both / (total[a] * total[a]);
            constraint[edges[e].to] += both * both / (total[edges[e].to] * total[edges[e].to]);
        }
    return constraint;
}

static std::string text(double value) {
    char buffer[32];
    snprintf(buffer, sizeof buffer, std::isfinite(value) ? "%.9g" : "null", value);
    return buffer;
}

static std::string list(const std::vector<std::string>& items) {
    std::string all = "[";
    for (auto& item : items) all += (all.size() > 1 ? "," : "") + item;
    return all + "]";
}

static std::string costs(const std::vector<Found>& paths) {
    std::vector<std::string> items;
    for (auto& path : paths) items.push_back(text(path.cost));
    return list(items);
}

static void report(const char* metric, const std::string& rest, const char* note) {
    printf("{\"peer\":\"c++\",\"metric\":\"%s\",%s,\"note\":\"%s\"}\n", metric, rest.c_str(), note);
    fflush(stdout);
    fprintf(stderr, "  c++ %s %s\n", metric, rest.substr(0, 60).c_str());
}

static void timeEach(const char* metric, size_t questions, const std::function<std::string(size_t)>& answer, const std::function<void(size_t)>& ask) {
    std::vector<std::vector<double>> times(questions, std::vector<double>(kRuns));
    for (int run = 0; run < kRuns; run++)
        for (size_t q = 0; q < questions; q++) {
            double start = now();
            ask(q);
            times[q][run] = (now() - start) * 1e3;
        }
    std::vector<double> medians;
    for (auto& runs : times) { std::sort(runs.begin(), runs.end()); medians.push_back(runs[kRuns / 2]); }
    std::sort(medians.begin(), medians.end());
    std::vector<std::string> answers;
    for (size_t q = 0; q < questions; q++) answers.push_back(answer(q));
    report(metric, "\"p50\":" + text(medians[questions / 2]) + ",\"p99\":" + text(medians[questions * 99 / 100]) + ",\"runs\":" + std::to_string(kRuns)
        + ",\"questions\":" + std::to_string(questions) + ",\"answers\":" + list(answers), "");
}

static void timeRuns(const char* metric, double scale, double limit, const std::function<void()>& run, const std::function<std::string()>& answers, const char* note) {
    std::vector<double> times;
    double first = now();
    while (times.empty() || now() - first < (times.size() < kRuns ? limit : kAtLeast)) {
        double start = now();
        run();
        times.push_back((now() - start) * scale);
    }
    std::sort(times.begin(), times.end());
    report(metric, "\"value\":" + text(times[times.size() / 2]) + ",\"runs\":" + std::to_string(times.size()) + ",\"answers\":" + answers(), note);
}

int main(int count, char** arguments) {
    if (count != 4) { fprintf(stderr, "plain FOLDER PEOPLE LIMIT_SECONDS\n"); return 2; }
    std::string folder = std::string(arguments[1]) + "/";
    size_t people = atol(arguments[2]);
    double limit = atof(arguments[3]);
    auto pairs = readLines(folder + "pairs.txt"), sets = readLines(folder + "sets.txt");
    {
        CostGraph graph(people, readAll<MutualTie>(folder + "mutual.bin"));
        report("bytes_per_entry", "\"value\":" + text((8.0 * graph.arcs.size() + 4.0 * people) / graph.arcs.size()), "of mutual entries only");
        PathSearch search(graph, people);
        std::vector<Found> found;
        auto one = [&](int hops, size_t k) { return [&, hops, k](size_t q) { found = search.toOne(pairs[q][0], pairs[q][1], hops, k); }; };
        auto best = [&](int hops) { return [&, hops](size_t q) { one(hops, 1)(q); return text(found.empty() ? kNone : found[0].cost); }; };
        timeEach("path4_ms", pairs.size(), best(4), one(4, 1));
        timeEach("path6_ms", pairs.size(), best(6), one(6, 1));
        timeEach("path4_k3_ms", pairs.size(), [&](size_t q) { one(4, 3)(q); return costs(found); }, one(4, 3));
        auto any = [&](size_t q) { found = search.toAny(sets[q][0], {sets[q].begin() + 1, sets[q].end()}, 4, 3); };
        timeEach("path4_set_ms", sets.size(), [&](size_t q) { any(q); return costs(found); }, any);
    }
    TieGraph ties(people, readAll<Dyad>(folder + "ties.bin"));
    Reciprocity mutual{};
    auto compute = [&] { mutual = reciprocity(ties); };
    compute();
    timeRuns("reciprocity_ms", 1e3, limit, compute, [&] { return "{\"r\":" + text(mutual.r) + ",\"weighted\":" + text(mutual.weighted) + "}"; }, "");
    std::vector<double> constraint;
    timeRuns("burt_s", 1, limit, [&] { constraint = burt(ties, people); }, [&] {
        std::vector<std::string> items;
        for (size_t p = 0; p < std::min<size_t>(1000, people); p++) items.push_back(text(constraint[p]));
        return list(items);
    }, "everyone, weighted; with directing the edges");
}
